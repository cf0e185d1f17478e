"""The site's own settings, with what tests change: no throttle, plain static files, a file database."""

import os

from mscbase.settings import *  # noqa: F403
from mscbase.settings import DATABASES, REST_FRAMEWORK, STORAGES, VAR_DIR

STORAGES["staticfiles"] = {"BACKEND": "tests.storage.PlainStaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"client": None}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that the server of the browser tests sees the same database.
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DB", VAR_DIR / "test.sqlite3")}
