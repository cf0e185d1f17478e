"""Keeps the trials of documents linked to the records of their registry ids."""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from trials.models import Trial, TrialRecord


@receiver(pre_save, sender=Trial, dispatch_uid="link_trial_to_record")
def link_trial_to_record(sender: type, instance: Trial, using: str, **kwargs: Any) -> None:
    """A trial is linked to the record of its registry id, also where a fixture is loaded."""
    records = TrialRecord.objects.using(using).filter(registry_id=instance.registry_id)
    instance.record_id = records.values_list("pk", flat=True).first() if instance.registry_id else None


@receiver(post_save, sender=TrialRecord, dispatch_uid="link_record_to_trials")
def link_record_to_trials(sender: type, instance: TrialRecord, using: str, **kwargs: Any) -> None:
    Trial.with_drafts.using(using).filter(registry_id=instance.registry_id).update(record=instance)
