"""What registries say of trials has tables of its own; several documents may report one registered trial."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import trials.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0002_choices_known"),
    ]

    operations = [
        migrations.AlterField(
            model_name='trial',
            name='registry_id',
            field=models.CharField(blank=True, db_index=True, help_text='As the document prints it.', max_length=11, null=True, validators=[django.core.validators.RegexValidator('^NCT\\d{8}$', 'must be NCT and eight digits')]),
        ),
        migrations.CreateModel(
            name='TrialRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.TextField(blank=True, default='', editable=False)),
                ('registry', models.CharField(choices=[('clinicaltrials.gov', 'ClinicalTrials.gov')], default='clinicaltrials.gov', max_length=20)),
                ('registry_id', models.CharField(max_length=11, unique=True, validators=[django.core.validators.RegexValidator('^NCT\\d{8}$', 'must be NCT and eight digits')])),
                ('title', models.CharField(blank=True, help_text="The registry's short title.", max_length=600)),
                ('official_title', models.CharField(blank=True, max_length=1000)),
                ('study_type', models.CharField(blank=True, choices=[('INTERVENTIONAL', 'Interventional'), ('OBSERVATIONAL', 'Observational'), ('EXPANDED_ACCESS', 'Expanded access')], max_length=20)),
                ('status', models.CharField(blank=True, choices=[('NOT_YET_RECRUITING', 'Not yet recruiting'), ('RECRUITING', 'Recruiting'), ('ENROLLING_BY_INVITATION', 'Enrolling by invitation'), ('ACTIVE_NOT_RECRUITING', 'Active, not recruiting'), ('COMPLETED', 'Completed'), ('SUSPENDED', 'Suspended'), ('TERMINATED', 'Terminated'), ('WITHDRAWN', 'Withdrawn'), ('AVAILABLE', 'Available'), ('NO_LONGER_AVAILABLE', 'No longer available'), ('TEMPORARILY_NOT_AVAILABLE', 'Temporarily not available'), ('APPROVED_FOR_MARKETING', 'Approved for marketing'), ('WITHHELD', 'Withheld'), ('UNKNOWN', 'Unknown')], max_length=30)),
                ('phase', models.CharField(blank=True, choices=[('NA', 'Not applicable'), ('EARLY_PHASE1', 'Early phase 1'), ('PHASE1', 'Phase 1'), ('PHASE1/PHASE2', 'Phase 1/2'), ('PHASE2', 'Phase 2'), ('PHASE2/PHASE3', 'Phase 2/3'), ('PHASE3', 'Phase 3'), ('PHASE4', 'Phase 4')], max_length=20)),
                ('enrolment', models.PositiveIntegerField(blank=True, help_text='Number of persons.', null=True)),
                ('start_date', models.DateField(blank=True, null=True)),
                ('completion_date', models.DateField(blank=True, null=True)),
                ('first_posted', models.DateField(blank=True, null=True)),
                ('last_updated', models.DateField(blank=True, help_text='When the registry last posted an update.', null=True)),
                ('countries', models.JSONField(blank=True, default=list, validators=[trials.models.validate_texts])),
                ('sponsor', models.CharField(blank=True, max_length=300)),
                ('registry_conditions', models.JSONField(blank=True, default=list, help_text='As the registry words them.', validators=[trials.models.validate_texts])),
                ('registry_interventions', models.JSONField(blank=True, default=list, help_text='As the registry words them.', validators=[trials.models.validate_texts])),
                ('digest', models.CharField(editable=False, help_text='SHA-256 of the version shown.', max_length=64)),
            ],
            options={
                'ordering': ['registry_id'],
                'indexes': [models.Index(fields=['status', 'registry_id'], name='trialrecord_by_status'), models.Index(fields=['phase', 'registry_id'], name='trialrecord_by_phase'), models.Index(fields=['start_date', 'registry_id'], name='trialrecord_by_start'), models.Index(fields=['enrolment', 'registry_id'], name='trialrecord_by_enrolment')],
                'constraints': [models.CheckConstraint(condition=models.Q(('registry_id__regex', '^NCT[0-9]{8}$')), name='trialrecord_registry_id_form'), models.CheckConstraint(condition=models.Q(('registry__in', ['clinicaltrials.gov'])), name='trialrecord_registry_known'), models.CheckConstraint(condition=models.Q(('status__in', ['NOT_YET_RECRUITING', 'RECRUITING', 'ENROLLING_BY_INVITATION', 'ACTIVE_NOT_RECRUITING', 'COMPLETED', 'SUSPENDED', 'TERMINATED', 'WITHDRAWN', 'AVAILABLE', 'NO_LONGER_AVAILABLE', 'TEMPORARILY_NOT_AVAILABLE', 'APPROVED_FOR_MARKETING', 'WITHHELD', 'UNKNOWN', ''])), name='trialrecord_status_known'), models.CheckConstraint(condition=models.Q(('phase__in', ['NA', 'EARLY_PHASE1', 'PHASE1', 'PHASE1/PHASE2', 'PHASE2', 'PHASE2/PHASE3', 'PHASE3', 'PHASE4', ''])), name='trialrecord_phase_known'), models.CheckConstraint(condition=models.Q(('study_type__in', ['INTERVENTIONAL', 'OBSERVATIONAL', 'EXPANDED_ACCESS', ''])), name='trialrecord_study_type_known')],
            },
        ),
        migrations.AddField(
            model_name='trial',
            name='record',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='trials', to='trials.trialrecord'),
        ),
        migrations.CreateModel(
            name='TrialRecordVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_updated', models.DateField(blank=True, help_text='When the registry posted this state.', null=True)),
                ('digest', models.CharField(help_text='SHA-256 of the content.', max_length=64)),
                ('content', models.JSONField(help_text='The fields as they were imported.')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='trials.trialrecord')),
            ],
            options={
                'ordering': ['record', '-number'],
                'constraints': [models.UniqueConstraint(fields=('record', 'digest'), name='trialrecordversion_once_a_state'), models.UniqueConstraint(fields=('record', 'number'), name='trialrecordversion_number_once')],
            },
        ),
    ]
