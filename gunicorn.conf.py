"""How gunicorn serves the site; started in this directory, it reads this file by itself."""

import os

from gunicorn.http import message

from mscbase.settings import PORT, WORKERS

wsgi_app = "mscbase.wsgi"
bind = f"127.0.0.1:{PORT}"
workers = WORKERS
threads = 4
control_socket_disable = True
# In bytes: a search of 10 kB, every character of it escaped, still finds its page; a longer line is answered
# with 414. gunicorn knows no bound between its 8190 and none at all, hence its constant.
limit_request_line = message.MAX_REQUEST_LINE = 32_768
# mscbase.wsgi mounts the site at SCRIPT_NAME: gunicorn by itself answers 500 to each path without it, probes included.
os.environ.pop("SCRIPT_NAME", None)
