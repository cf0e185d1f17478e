"""Admin of this app: a view into the database. Facts are edited in fixtures/, nowhere else."""

from core.admin_site import register_all

register_all("catalog")
