"""Which small faults can be planted in a file: mutmut's operators, applied to class bodies and decorated functions too.

Left out is what no test should pin: docstrings, annotations, decorators, and texts for people (labels, messages,
descriptions, what an exception or a log line says).
"""

import difflib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

TEXTS = {
    "description", "detail", "empty_label", "help", "help_text", "label", "message", "short_description", "summary",
    "title", "verbose_name", "verbose_name_plural", "epilog", "note", "__all__", "__doc__",
}  # fmt: skip
SPEAKING = m.Call(func=m.Attribute(value=m.Name("log") | m.Name("logger") | m.Name("warnings"))) | m.Call(
    func=m.Attribute(attr=m.Name("write"), value=m.Attribute(attr=m.Name("stdout") | m.Name("stderr")))
)
LEFT_OUT = (
    m.Annotation()
    | m.Decorator()
    | m.Raise()
    | m.Import()
    | m.ImportFrom()
    | m.Expr(value=m.SimpleString() | m.ConcatenatedString())
    | SPEAKING
    | m.Call(func=m.Name("TypeVar"))
    | m.Arg(keyword=m.Name(m.MatchIfTrue(lambda name: name in TEXTS)))
    | m.Assign(targets=[m.AssignTarget(target=m.Name(m.MatchIfTrue(lambda name: name in TEXTS)))])
)


@dataclass(frozen=True)
class Mutant:
    """One fault: the file, the lines (from 1) of the changed expression, its number among the file's mutants."""

    path: str
    first: int
    last: int
    number: int
    at_import: bool  # outside of every function, so that it runs when the module is imported

    @property
    def id(self) -> str:
        return f"{self.path}:{self.first}:{self.number}"


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[cst.CSTNode, cst.CSTNode, int, int, bool]] = []
        self.functions: list[cst.CSTNode] = []
        self.choices = self.parameters = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if m.matches(node, LEFT_OUT) or (self.choices and m.matches(node, m.Tuple())):
            return False
        if m.matches(node, m.FunctionDef() | m.Lambda()):
            self.functions.append(node)
        self.choices += _has_choices(node)
        self.parameters += m.matches(node, m.Param())
        # A default counts where the function is run.
        place = self.functions[-1] if self.parameters else node
        if position := self.get_metadata(PositionProvider, place, None):
            at_import = not self.functions
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    for changed in operator(node):
                        if not _drops_text(node, changed):
                            span = (position.start.line, position.end.line)
                            self.changes.append((node, changed, *span, at_import))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if m.matches(original_node, m.FunctionDef() | m.Lambda()):
            self.functions.pop()
        self.choices -= _has_choices(original_node)
        self.parameters -= m.matches(original_node, m.Param())


def _has_choices(node: cst.CSTNode) -> bool:
    """A class of choices, each a value and a label; the values are pinned by the migrations."""
    return m.matches(node, m.ClassDef()) and any("Choices" in _code(base.value) for base in node.bases)


def _drops_text(node: cst.CSTNode, changed: cst.CSTNode) -> bool:
    """The change of a call touches only an argument that is a text for people."""
    if not (isinstance(node, cst.Call) and isinstance(changed, cst.Call)) or changed.args is node.args:
        return False
    kept = {id(argument) for argument in changed.args}
    lost = [argument for argument in node.args if id(argument) not in kept]
    return bool(lost) and all(argument.keyword and argument.keyword.value in TEXTS for argument in lost)


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


class File:
    """A source file and all its mutants."""

    def __init__(self, root: Path, path: str) -> None:
        wrapper = MetadataWrapper(cst.parse_module((root / path).read_text()))
        visitor = _Visitor()
        wrapper.visit(visitor)
        self.module, self.changes = wrapper.module, visitor.changes
        self.mutants = [
            Mutant(path, first, last, number, at_import)
            for number, (node, changed, first, last, at_import) in enumerate(self.changes)
            if _code(node) != _code(changed)
        ]

    def mutated(self, mutant: Mutant) -> str:
        """The text of the file with this fault in it."""
        node, changed, *_ = self.changes[mutant.number]
        return self.module.deep_replace(node, changed).code  # type: ignore[attr-defined]

    def diff(self, mutant: Mutant) -> str:
        """The changed lines, before and after."""
        before, after = self.module.code.splitlines(), self.mutated(mutant).splitlines()
        lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
        return "\n".join(line for line in lines if not line.startswith("@@"))


def sample(files: Iterable[File], count: int, seed: int) -> list[Mutant]:
    """So many mutants, the same for the same seed and source, each as likely as any other, in random order."""
    mutants = [mutant for file in files for mutant in file.mutants]
    return random.Random(seed).sample(mutants, min(count, len(mutants)))  # noqa: S311
