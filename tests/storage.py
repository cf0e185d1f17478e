"""Static files under their own names, so that no test needs them collected."""

from django.contrib.staticfiles.storage import StaticFilesStorage

from mscbase.storage import UnderScriptName


class PlainStaticFilesStorage(UnderScriptName, StaticFilesStorage):
    pass
