"""A kernel in C generated from the rules, one thread: each distinct clause once into bitmaps, policies from their words.

No engine in a general language will beat it; it tells how far from the machine's limit the others are.
"""

import ctypes
import hashlib
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from sqlglot import exp

from bench.policies.forms import (
    CHOICES,
    COMPARED,
    COUNTED,
    KINDS,
    Node,
    columns,
    condition,
    distinct,
    number_of_days,
    parsed,
    rails,
    shifted_day,
    text_of,
    tiers,
)
from bench.policies.task import Answer, Ready, Task
from bench.policies.workload import Rule

HEADER = Path(__file__).parent / "kernel.h"
NAMES = {">=": "ge", ">": "gt", "<=": "le", "<": "lt"}
FLIPPED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}


def number(node: Node, at: str) -> str:
    """A formula as C over row `at`."""
    if isinstance(node, exp.Column):
        return f"n_{node.name}[{at}]"
    if isinstance(node, exp.Literal | exp.Neg):
        return f"(double){node.sql()}"
    if isinstance(node, exp.Least | exp.Greatest):
        word = "least" if isinstance(node, exp.Least) else "greatest"
        code = number(node.this, at)
        for other in node.expressions:
            code = f"{word}({code}, {number(other, at)})"
        return code
    if isinstance(node, exp.Case):
        code = number(node.args["default"], at)
        for when, then in reversed(tiers(node)):
            sign = COMPARED[type(when)]
            code = f"({number(when.left, at)} {sign} {number(when.right, at)} ? {number(then, at)} : {code})"
        return code
    return f"({number(node.left, at)} {COUNTED[type(node)]} {number(node.right, at)})"


def _bytes(expression: str) -> str:
    return f"uint8_t b[64]; for (int i = 0; i < 64; i++) b[i] = {expression}; uint64_t v = packed(b);"


def _text(leaf: Node) -> str:
    name = columns(leaf)[0]
    if isinstance(leaf, exp.Like):
        prefix = leaf.expression.name.rstrip("%")
        wanted = [i for i, choice in enumerate(CHOICES[name]) if choice.startswith(prefix)]
        first, last = wanted[0], wanted[-1]
        return _bytes(f"(uint8_t)(t_{name}[r + i] - {first}) <= {last - first}")
    values = [v.name for v in (leaf.expressions if isinstance(leaf, exp.In) else [leaf.right])]
    codes = [CHOICES[name].index(value) for value in values]
    test = " | ".join(f"(t_{name}[r + i] == {code})" for code in codes)
    return _bytes(f"!({test})" if isinstance(leaf, exp.NEQ) else test)


def _days(leaf: Node) -> str:
    if isinstance(leaf, exp.Between):
        low, high = (number_of_days(text_of(leaf.args[k])) for k in ("low", "high"))
        name = leaf.this.name
        return _bytes(f"(d_{name}[r + i] >= {low}) & (d_{name}[r + i] <= {high})")
    name, sign, day = shifted_day(leaf.left, COMPARED[type(leaf)], text_of(leaf.right))
    return _bytes(f"d_{name}[r + i] {sign} {number_of_days(day)}")


def _side(node: Node, array: str) -> tuple[str, str]:
    if isinstance(node, exp.Column):
        return "", f"n_{node.name} + r"
    return f"double {array}[64]; for (int i = 0; i < 64; i++) {array}[i] = {number(node, 'r + i')};", array


def _compared(left: Node, sign: str, right: Node) -> tuple[str, str]:
    statements, x = _side(left, "x")
    if not columns(right):
        return statements, f"{NAMES[sign]}_1({x}, {right.sql()})"
    more, y = _side(right, "y")
    return statements + more, f"{NAMES[sign]}({x}, {y})"


def leaf_code(leaf: Node) -> str:
    """Statements that leave the truth of 64 rows from `r` in `v`."""
    kind = KINDS[columns(leaf)[0]]
    if kind == "FLAG":
        return f"uint64_t v = f_{leaf.name}[r / 64];"
    if kind == "TEXT":
        return _text(leaf)
    if kind == "DATE":
        return _days(leaf)
    if isinstance(leaf, exp.Between):
        return f"const double *x = n_{leaf.this.name} + r; uint64_t v = ge_1(x, {leaf.args['low'].sql()}) & le_1(x, {leaf.args['high'].sql()});"
    statements, call = _compared(leaf.left, COMPARED[type(leaf)], leaf.right)
    return f"{statements} uint64_t v = {call};"


def _known(names: list[str], word: str) -> str:
    return " & ".join(f"k_{name}[{word}]" for name in names) or "~0ULL"


def _clause(index: int, leaf: Node) -> str:
    known = _known(columns(leaf), "r / 64")
    return (
        f"static void clause_{index}(long first, int words) {{ for (int w = 0; w < words; w++) {{ long r = first + 64L * w; "
        f"{leaf_code(leaf)} uint64_t k = {known}; T[{index}][w] = v & k; F[{index}][w] = k & ~v; }} }}\n"
    )


def _policy(index: int, rule: Rule, numbers: dict[str, int]) -> str:
    def leaf(node: Node) -> tuple[str, str]:
        i = numbers[node.sql()]
        return f"T[{i}][w]", f"F[{i}][w]"

    yes, no = rails(condition(rule), leaf, both="&", either="|")
    amount = parsed(rule.amount)
    return f"""static void policy_{index}(long first, int words, long all) {{
  uint64_t *M = meets + {index} * all + first / 64, *U = unknown + {index} * all + first / 64;
  long n = count[{index}];
  for (int w = 0; w < words; w++) {{
    uint64_t t = {yes}, f = {no}; M[w] = t; U[w] = ~(t | f);
    uint64_t k = t & {_known(columns(amount), "first / 64 + w")};
    while (k) {{ long r = first + 64L * w + __builtin_ctzll(k); k &= k - 1;
      who[{index}][n] = (int)r; much[{index}][n] = {number(amount, "r")}; n++; }} }}
  count[{index}] = n; }}
"""


def source(rules: list[Rule]) -> str:
    """The whole kernel."""
    leaves_by_text = distinct(rules)
    numbers = {text: i for i, text in enumerate(leaves_by_text)}
    kinds = {
        "NUMBER": ("double", "n"),
        "DATE": ("int32_t", "d"),
        "TEXT": ("uint8_t", "t"),
        "FLAG": ("uint64_t", "f"),
    }
    lines = [HEADER.read_text(encoding="ascii")]
    for name, kind in KINDS.items():
        ctype, letter = kinds[kind]
        lines.append(f"const {ctype} *{letter}_{name}; const uint64_t *k_{name};\n")
    lines.append(f"static uint64_t T[{len(leaves_by_text)}][WORDS], F[{len(leaves_by_text)}][WORDS];\n")
    lines.append(
        f"uint64_t *meets, *unknown; int32_t *who[{len(rules)}]; double *much[{len(rules)}]; long count[{len(rules)}];\n"
    )
    lines += [_clause(i, leaf) for i, leaf in enumerate(leaves_by_text.values())]
    lines += [_policy(i, rule, numbers) for i, rule in enumerate(rules)]
    clauses = " ".join(f"clause_{i}(first, words);" for i in range(len(leaves_by_text)))
    policies = " ".join(f"policy_{i}(first, words, all);" for i in range(len(rules)))
    lines.append(
        "void run(long rows) { long all = rows / 64; memset(count, 0, sizeof count); for (long first = 0; first < rows; first += 64 * WORDS) "
        f"{{ int words = (int)((rows - first) / 64 < WORDS ? (rows - first) / 64 : WORDS); {clauses} {policies} }} }}\n"
    )
    return "".join(lines)


def compiled(text: str, folder: Path) -> ctypes.CDLL:
    """Compile once a text; the library loaded."""
    stem = folder / f"kernel-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    if not stem.with_suffix(".so").exists():
        stem.with_suffix(".c").write_text(text, encoding="utf-8")
        command = [
            "cc",
            "-O3",
            "-march=native",
            "-shared",
            "-fPIC",
            "-w",
            "-o",
            str(stem.with_suffix(".so")),
            str(stem.with_suffix(".c")),
        ]
        subprocess.run(command, check=True)
    return ctypes.CDLL(str(stem.with_suffix(".so")))


def _bits(mask: np.ndarray) -> np.ndarray:
    return np.packbits(mask, bitorder="little").view(np.uint64)


def _array(series: pl.Series, kind: str) -> np.ndarray:
    if kind == "TEXT":
        return series.to_physical().fill_null(255).cast(pl.UInt8).to_numpy()
    if kind == "DATE":
        return series.to_physical().fill_null(0).cast(pl.Int32).to_numpy()
    if kind == "FLAG":
        return _bits(series.fill_null(value=False).to_numpy())
    return series.fill_null(0.0).to_numpy()


def kernel(task: Task) -> Ready:
    """Compile, load the columns in its own layout, run."""
    frame = pl.read_parquet(task.firms)
    rows = frame.height
    if rows % 64:
        raise SystemExit("the kernel takes whole words: a number of firms divisible by 64")
    library = compiled(source(list(task.rules)), task.folder)
    kept: list[np.ndarray] = []

    def put(name: str, array: np.ndarray) -> None:
        kept.append(np.ascontiguousarray(array))
        ctypes.c_void_p.in_dll(library, name).value = kept[-1].ctypes.data

    for name, kind in KINDS.items():
        letter = {"NUMBER": "n", "DATE": "d", "TEXT": "t", "FLAG": "f"}[kind]
        put(f"{letter}_{name}", _array(frame[name], kind))
        put(f"k_{name}", _bits(frame[name].is_not_null().to_numpy()))
    size = len(task.rules)
    meets, unknown = (np.zeros((size, rows // 64), np.uint64) for _ in range(2))
    put("meets", meets)
    put("unknown", unknown)
    who = [np.empty(rows, np.int32) for _ in range(size)]
    much = [np.empty(rows, np.float64) for _ in range(size)]
    (ctypes.c_void_p * size).in_dll(library, "who")[:] = [a.ctypes.data for a in who]
    (ctypes.c_void_p * size).in_dll(library, "much")[:] = [a.ctypes.data for a in much]
    counts = (ctypes.c_long * size).in_dll(library, "count")

    def run() -> list[list[np.ndarray]]:
        library.run(ctypes.c_long(rows))
        return [kept, who]  # what the library points at must outlive it

    def answers(_outcome: Any) -> list[Answer]:
        sums = [(int(counts[i]), float(much[i][: counts[i]].sum())) for i in range(size)]
        met, undecided = (np.bitwise_count(bits).sum(axis=1) for bits in (meets, unknown))
        return [
            (int(m), int(u), total, int(m) - n) for m, u, (n, total) in zip(met, undecided, sums, strict=True)
        ]

    return Ready(run=run, answers=answers, note="cc -O3 -march=native, one thread")


CONTENDERS = {"kernel": kernel}
