"""Keeps trials linked to the records of their registry ids, and the search documents of both in step."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from core.signals import is_bulk_writing
from search.indexing import refresh_model
from trials.models import Trial, TrialRecord


@receiver(pre_save, sender=Trial, dispatch_uid="link_trial_to_record")
def link_trial_to_record(sender: type, instance: Trial, using: str, **kwargs: Any) -> None:
    """A trial is linked to the record of its registry id, also where a fixture is loaded."""
    records = TrialRecord.objects.using(using).filter(registry_id=instance.registry_id)
    before = Trial.with_drafts.using(using).filter(pk=instance.pk).values_list("record", flat=True)
    instance.record_before = before.first() if instance.pk else None
    instance.record_id = records.values_list("pk", flat=True).first() if instance.registry_id else None


@receiver([post_save, post_delete], sender=Trial, dispatch_uid="index_records_of_trial")
def index_records_of_trial(sender: type, instance: Trial, **kwargs: Any) -> None:
    """A record is found by itself only where no published trial stands for it."""
    if records := [pk for pk in (instance.record_id, instance.record_before) if pk]:
        refresh_model(TrialRecord, records)


@receiver(post_save, sender=TrialRecord, dispatch_uid="link_record_to_trials")
def link_record_to_trials(sender: type, instance: TrialRecord, using: str, **kwargs: Any) -> None:
    linked = Trial.with_drafts.using(using).filter(registry_id=instance.registry_id).update(record=instance)
    if linked and not is_bulk_writing():
        refresh_model(TrialRecord, [instance.pk])  # it was indexed by itself, before it was linked
    index_trials_of_record(sender, instance)


@receiver(post_delete, sender=TrialRecord, dispatch_uid="index_trials_of_record")
def index_trials_of_record(sender: type, instance: TrialRecord, **kwargs: Any) -> None:
    trials = Trial.objects.filter(registry_id=instance.registry_id).values_list("pk", flat=True)
    if trials and not is_bulk_writing():
        refresh_model(Trial, trials)
