"""Prints the address of a PostgreSQL server that lets us create a test database, or fails."""

import os
import sys

import psycopg2

CANDIDATES = [
    os.environ.get("DATABASE_URL", ""),
    "postgres:///postgres?host=/var/run/postgresql",
    "postgres://postgres@127.0.0.1:5432/postgres",
    "postgres://postgres:postgres@127.0.0.1:5432/postgres",
]


def reachable(url):
    try:
        with psycopg2.connect(url, connect_timeout=3) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            return cursor.fetchone()[0]
    except psycopg2.Error:
        return False


if __name__ == "__main__":
    found = next((url for url in CANDIDATES if url.startswith("postgres") and reachable(url)), None)
    if not found:
        sys.exit(1)
    sys.stdout.write(found + "\n")
