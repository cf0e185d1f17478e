"""The examples of the documents run on the content that they speak of."""

import io
import re

import pytest
from django.test import Client

from tests.test_documentation import API, README

HOST = "http://127.0.0.1:8000"


def addresses(text):
    return sorted(set(re.findall(rf"{re.escape(HOST)}(/[^\s'\"`)>]*)", text)))


@pytest.mark.parametrize("address", addresses(README) + addresses(API))
def test_every_address_in_the_documents_answers(address):
    assert Client().get(address).status_code in (200, 302)


def test_the_python_example_runs(monkeypatch, capsys):
    """The example of the README, its HTTP calls answered by the site itself."""
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL).group(1)

    def answer(address, *args, **kwargs):
        return io.BytesIO(Client().get(address.removeprefix(HOST)).content)

    monkeypatch.setattr("urllib.request.urlopen", answer)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 our own example
    assert capsys.readouterr().out.strip()
