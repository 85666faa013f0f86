"""Reading C++ well enough for the house rules: masking, function bodies, statements.

Comments, literals and preprocessor lines are blanked (line numbers and columns stay), so that what
remains is only brackets, words and operators; those are matched with a stack, never by indentation.
"""
from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

_SKIPPED = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | (?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"
      | (?:u8|[uUL])?"(?:\\.|[^"\\\n])*"
      | (?<![0-9a-zA-Z_])(?:u8|[uUL])?'(?:\\.|[^'\\\n])+'
      | ^[ \t]*\#(?:\\\n|[^\n])*
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def mask(text: str, keep_strings: bool = False) -> str:
    """The text without comments and preprocessor lines; literals become `""` padded with blanks."""

    def one(found: re.Match[str]) -> str:
        piece = found[0]
        if piece.endswith('"') and not piece.lstrip().startswith(("#", "/")):
            if keep_strings:
                return piece
            blank = _blank(piece)
            return '"' + blank[1:-1] + '"' if len(piece) > 1 else blank
        return _blank(piece)

    return _SKIPPED.sub(one, text)


class Lines:
    """Offset to line number."""

    def __init__(self, text: str):
        self._starts = [0] + [i + 1 for i, c in enumerate(text) if c == "\n"]

    def of(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset)


# --- functions --------------------------------------------------------------------------------

_TEMPLATE = re.compile(r"\btemplate\s*<")
_TYPE = re.compile(r"\b(class|struct|union|enum|namespace|concept)\b")


def _without_templates(head: str) -> str:
    """The head without its `template <…>` clauses."""
    while found := _TEMPLATE.search(head):
        depth, end = 1, found.end()
        while end < len(head) and depth:
            depth += {"<": 1, ">": -1}.get(head[end], 0)
            end += 1
        head = head[: found.start()] + head[end:]
    return head


def _without_parentheses(head: str) -> str:
    while True:
        shorter = re.sub(r"\([^()]*\)", " ", head)
        if shorter == head:
            return head
        head = shorter


def _opens(head: str) -> str:
    """What the brace behind `head` opens at namespace or class level: scope, function or value."""
    head = _without_templates(head).strip()
    flat = _without_parentheses(head)
    if re.search(r"(^|[^=!<>+\-*/&|^])=(?!=)", flat.replace("operator=", "")) and not re.search(
        r"\[[^\]]*\]\s*(mutable|noexcept|->[^=]*)?\s*$", flat
    ):
        return "value"
    if _TYPE.search(flat) or re.fullmatch(r'(extern\s*""\s*)?', flat.replace(" ", "")):
        return "scope"
    if ("(" not in head and "[" not in head) or re.search(r"\w\s*\[[^\]]*\]$", head):
        return "value"
    if re.search(r"\)[^()]*[^:]:(?!:)", head) and re.search(r"[\w>]$", head):
        return "value"  # Thing() : member_{…}
    return "function"


@dataclass
class Function:
    first: int  # line of its opening brace
    last: int

    @property
    def lines(self) -> int:
        return self.last - self.first + 1


def functions(masked: str) -> list[Function]:
    """Every function body outside another function. Lambdas inside count as part of theirs."""
    lines, found = Lines(masked), []
    stack: list[tuple[str, str, int]] = []
    head, in_function = "", 0
    for offset, c in enumerate(masked):
        if c == "{":
            if in_function:
                in_function += 1
                continue
            kind = "value" if head.count("(") > head.count(")") else _opens(head)
            stack.append((kind, head, offset))
            if kind == "function":
                in_function = 1
            head = ""
        elif c == "}":
            if in_function:
                in_function -= 1
                if in_function:
                    continue
            kind, before, start = stack.pop() if stack else ("scope", "", offset)
            if kind == "function":
                found.append(Function(lines.of(start), lines.of(offset)))
            head = before + "{}" if kind == "value" else ""
        elif in_function:
            continue
        elif c == ";" and head.count("(") <= head.count(")"):
            head = ""
        else:
            head += c
            if head.strip() in ("public:", "private:", "protected:"):
                head = ""
    return found


# --- statements with co_await -----------------------------------------------------------------

_TOKEN = re.compile(r'\[\[\s*\w[^\[\]]*\]\]|[A-Za-z_]\w*|\d[\w.\']*|"\s*"|->|::|&&|\|\||[^\s\w]')
_BLOCK_WORDS = {"else", "do", "try", "const", "noexcept", "override", "final", "mutable"}


@dataclass
class _Bracket:
    kind: str  # ( [ block value
    statement: "_Statement"
    opener: int


@dataclass
class _Statement:
    awaits: list[int] = field(default_factory=list)
    breaches: dict[str, int] = field(default_factory=dict)


def _tokens(masked: str) -> list[tuple[str, int]]:
    return [
        ('"' if m[0].startswith('"') else m[0], m.start())
        for m in _TOKEN.finditer(masked)
        if not m[0].startswith("[[")
    ]


def _is_lambda(tokens: list[tuple[str, int]], at: int) -> bool:
    """Whether `[` at this token begins a lambda: not a subscript, not `auto [a, b]`."""
    before = tokens[at - 1][0] if at else ""
    if before in ("auto", "&", "&&", "const"):
        words = [t for t, _ in tokens[max(0, at - 4) : at]]
        if "auto" in words:
            return False
    return not (before in (")", "]", '"') or re.match(r"\w", before)) or before in (
        "return", "co_return", "co_await",
    )


def awaits_beside(masked: str) -> list[tuple[int, str]]:
    """(line, what) for each full expression where GCC 12 would destroy a temporary twice: it has
    co_await and a capturing lambda, braces or ?: in it, on however many lines."""
    tokens, lines = _tokens(masked), Lines(masked)
    stack: list[_Bracket] = []
    current = _Statement()
    done: list[_Statement] = []

    def innermost() -> str:
        return stack[-1].kind if stack else "block"

    for at, (token, offset) in enumerate(tokens):
        before = tokens[at - 1][0] if at else ""
        if token == "co_await":
            current.awaits.append(offset)
        elif token == "?":
            current.breaches.setdefault("?:", offset)
        elif token in ("(", "["):
            if token == "[" and _is_lambda(tokens, at) and tokens[at + 1][0] != "]":
                current.breaches.setdefault("a capturing lambda", offset)
            stack.append(_Bracket(token, current, at))
        elif token in (")", "]"):
            if stack and stack[-1].kind in ("(", "["):
                stack.pop()
        elif token == "{":
            if _is_block(tokens, at, innermost()):
                inside = innermost() != "block" or before in ("mutable", "]")
                stack.append(_Bracket("block", current, at))
                if not inside:
                    done.append(current)
                current = _Statement()
            else:
                current.breaches.setdefault("braces", offset)
                stack.append(_Bracket("value", current, at))
        elif token == "}":
            while stack and stack[-1].kind in ("(", "["):
                stack.pop()
            if stack:
                top = stack.pop()
                if top.kind == "block":
                    done.append(current)
                    nested = (stack[-1].kind if stack else "block") != "block"
                    goes_on = nested or _lambda_body(tokens, top.opener)
                    current = top.statement if goes_on else _Statement()
        elif token == ";" and innermost() in ("block", "("):
            done.append(current)
            current = _Statement()
            for index in range(len(stack) - 1, -1, -1):  # if (init; condition)
                if stack[index].kind == "block":
                    break
                stack[index].statement = current
    done.append(current)
    return sorted(
        {
            (lines.of(statement.awaits[0]), what)
            for statement in done
            if statement.awaits
            for what in statement.breaches
        }
    )


def _lambda_body(tokens: list[tuple[str, int]], opener: int) -> bool:
    """Whether the block that opens here is a lambda's body: `[…](…) … {`."""
    at, depth = opener - 1, 0
    while at >= 0:
        token = tokens[at][0]
        if token in (")", "]"):
            depth += 1
        elif token in ("(", "["):
            depth -= 1
            if depth == 0 and token == "[":
                return _is_lambda(tokens, at)
            if depth == 0 and token == "(" and at and tokens[at - 1][0] != "]":
                return False
            if depth < 0:
                return False
        elif depth == 0 and token in (";", "{", "}", "="):
            return False
        at -= 1
    return False


def _is_block(tokens: list[tuple[str, int]], at: int, inside: str) -> bool:
    before = tokens[at - 1][0] if at else ";"
    if before in (";", "{", "}", ":") or before in _BLOCK_WORDS:
        return inside == "block" or before in ("mutable", "noexcept")
    if before in (")", "]"):
        return inside == "block" or _lambda_body(tokens, at)
    if inside == "block" and _names_a_scope(tokens, at):
        return True
    return _lambda_body(tokens, at) or _trailing_return(tokens, at)


def _names_a_scope(tokens: list[tuple[str, int]], at: int) -> bool:
    back = at - 1
    while back >= 0 and tokens[back][0] not in (";", "{", "}", "(", "="):
        if tokens[back][0] in ("namespace", "struct", "class", "union", "enum"):
            return True
        back -= 1
    return False


def _trailing_return(tokens: list[tuple[str, int]], at: int) -> bool:
    """`) -> awaitable<void> {`: a body although a type stands before the brace."""
    back = at - 1
    while back >= 0 and tokens[back][0] not in (";", "{", "}", "(", "=", "return"):
        if tokens[back][0] == "->" and back and tokens[back - 1][0] in (")", "mutable"):
            return True
        back -= 1
    return False
