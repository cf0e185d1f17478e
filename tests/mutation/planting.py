"""Give loaded functions the code that they would have with a fault in it, so that nothing is imported again."""

import functools
import gc
import inspect
from types import CodeType, FunctionType

Pairs = list[tuple[CodeType, CodeType]]


def changed_functions(clean: CodeType, faulty: CodeType) -> Pairs | None:
    """The functions that differ, as they are and as they would be; None where more than functions differs."""
    if without_nested(clean) != without_nested(faulty):
        return None
    pairs: Pairs = []
    for one, other in zip(nested(clean), nested(faulty), strict=True):
        if one == other:
            continue
        if one.co_flags & inspect.CO_OPTIMIZED:
            pairs.append((one, other))
        elif (inner := changed_functions(one, other)) is None:
            return None
        else:
            pairs += inner
    return pairs


def nested(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def without_nested(code: CodeType) -> CodeType:
    constants = tuple(None if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_consts=constants)


def plant(path: str, clean: str, faulty: str) -> bool:
    """Change the loaded functions of the file at `path`; False where that is not enough or none is loaded.

    What functions of ours remember is forgotten, as a fault may lie in how it came about.
    """
    pairs = changed_functions(*(compile(text, path, "exec", dont_inherit=True) for text in (clean, faulty)))
    loaded: dict[int, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper):
            thing.cache_clear()
        elif isinstance(thing, FunctionType) and thing.__code__.co_filename == path:
            for number, (code, _) in enumerate(pairs or ()):
                if thing.__code__ == code:
                    loaded.setdefault(number, []).append(thing)
    if not pairs or len(loaded) < len(pairs):
        return False
    try:
        for number, (_, code) in enumerate(pairs):
            for function in loaded[number]:
                function.__code__ = code
    except ValueError:  # it closes over other names than before
        return False
    return True
