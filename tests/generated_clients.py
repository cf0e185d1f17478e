"""Clients generated from the API's description by two generators, and a way to ask the site by them.

`openapi-python-client` makes functions that send requests and read answers, `datamodel-code-generator` makes
models of the answers. An answer must pass through both unchanged.
"""

import importlib
import inspect
import json
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import httpx
from django.core.management import call_command
from django.test import Client

PACKAGE, MODELS = "mscbase_client", "mscbase_models"


def generate(folder: Path) -> "Clients":
    """Both clients, made from the description of the API as it stands."""
    file = folder / "description.json"
    call_command("spectacular", format="openapi-json", file=str(file), validate=True, fail_on_warn=True)
    config = folder / "config.json"
    config.write_text('{"post_hooks": []}', encoding="utf-8")  # nobody reads the code, so it is not formatted
    run("openapi_python_client", "generate", "--path", file, "--config", config, "--meta", "none", "--fail-on-warning",
        "--output-path", folder / PACKAGE)  # fmt: skip
    run("datamodel_code_generator", "--input", file, "--input-file-type", "openapi", "--formatters", "builtin",
        "--output-model-type", "pydantic_v2.BaseModel", "--output", folder / f"{MODELS}.py")  # fmt: skip
    sys.path.insert(0, str(folder))
    return Clients(json.loads(file.read_text(encoding="utf-8")), importlib.import_module(MODELS))


def run(module: str, *arguments: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stdout.lower(), done.stdout


def answered_by_the_site(request: httpx.Request) -> httpx.Response:
    """The site's answer to a request, without a server, so that it sees the test's transaction."""
    answer = Client().get(request.url.raw_path.decode(), headers=dict(request.headers))
    return httpx.Response(answer.status_code, headers=dict(answer.headers), content=answer.content)


@dataclass
class Clients:
    description: dict[str, Any]
    models: ModuleType

    def function(self, operation: str) -> Any:
        """The generated function of an operation, by its id."""
        tag = next(
            item["get"]["tags"][0] for item in self.description["paths"].values()
            if item["get"]["operationId"] == operation
        )  # fmt: skip
        return importlib.import_module(f"{PACKAGE}.api.{tag.replace('-', '_')}.{operation}").sync_detailed

    def choices(self, operation: str, parameter: str) -> type[Enum] | None:
        """The enumeration that a parameter of an operation takes a list of, if it does."""
        given = inspect.signature(self.function(operation)).parameters.get(parameter)
        items = get_args(get_args(given.annotation)[0]) if given else ()
        return items[0] if items and issubclass(items[0], Enum) else None

    def lists_of_choices(self, operation: str) -> dict[str, type[Enum]]:
        names = inspect.signature(self.function(operation)).parameters
        return {
            name: known for name in names if name != "client" and (known := self.choices(operation, name))
        }

    def ask(self, operation: str, *path: str, expect: int = 200, headers: Any = None, **query: Any) -> Any:
        """The answer as the first client reads it. Fails where either reads anything else than was said."""
        package = importlib.import_module(PACKAGE)
        client = package.Client(
            base_url="http://testserver", raise_on_unexpected_status=True, headers=headers or {},
            httpx_args={"transport": httpx.MockTransport(answered_by_the_site)},
        )  # fmt: skip
        answer = self.function(operation)(*path, client=client, **query)
        said = json.loads(answer.content)
        assert answer.status_code == expect, said
        assert answer.parsed.to_dict() == said
        model = getattr(self.models, type(answer.parsed).__name__)
        modelled = model.model_validate(said).model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert modelled == json.loads(answer.content.replace(b'+00:00"', b'Z"'))  # as pydantic writes UTC
        return answer.parsed
