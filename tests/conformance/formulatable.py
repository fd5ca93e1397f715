"""Functions of formulas with an example, Google's value, and this workspace's where it is another.

`python -m tests.conformance.formulatable > docs/emulator-formulas.md` writes the table for people.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from tests.conformance.formulaexamples import LOOKED_UP

Value = str | float | bool

CELLS: list[list[Value]] = [["name", "sum", "x"], ["a", 10, 1], ["b", 20, 2], ["a", 30, 3], ["c", 40, 4]]
"""What stands in A1:C5 while the examples are computed."""


@dataclass(frozen=True)
class Example:
    """One formula; `google` is its value there, `here` ours where it differs, `why` the reason."""

    formula: str
    google: Value
    here: Value | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """The function that the example shows."""
        return self.formula[1:].split("(")[0] or "{…}"

    @property
    def value(self) -> Value:
        """What this workspace gives."""
        return self.google if self.here is None else self.here


_ALIKE: tuple[tuple[str, Value], ...] = (
    ("=SUM(B2:B5)", 100),
    ("=AVERAGE(B2:B5)", 25),
    ("=MIN(B2:B5)", 10),
    ("=MAX(B2:B5)", 40),
    ("=COUNT(A1:B5)", 4),
    ("=COUNTA(A1:A9)", 5),
    ("=COUNTBLANK(A1:A9)", 4),
    ('=COUNTIF(B2:B5,">15")', 3),
    ('=COUNTIFS(A2:A5,"a",B2:B5,">15")', 1),
    ("=COUNTUNIQUE(A2:A5)", 3),
    ('=COUNTUNIQUEIFS(A2:A5,B2:B5,">15")', 3),
    ("=SORT(B2:B5,1,FALSE)", 40),
    ("=UNIQUE(A2:A5)", "a"),
    ('=FILTER(B2:B5,A2:A5="a")', 10),
    ("=TRANSPOSE(B2:B3)", 10),
    ("=ARRAYFORMULA(B2:B3*2)", 20),
    ("=SEQUENCE(2,3,5,5)", 5),
    ("=FLATTEN(A2:B3)", "a"),
    ('=SPLIT("Alas, poor Yorick"," ")', "Alas,"),
    ('=ISEMAIL("noreply@google.com")', True),
    ('=SUMIF(A2:A5,"a",B2:B5)', 40),
    ('=SUMIFS(B2:B5,A2:A5,"a",B2:B5,">15")', 30),
    ('=AVERAGEIF(A2:A5,"a",B2:B5)', 20),
    ('=MAXIFS(B2:B5,A2:A5,"a")', 30),
    ('=MINIFS(B2:B5,A2:A5,"a")', 10),
    ("=SUMPRODUCT(B2:B3,B4:B5)", 1100),
    ("=MEDIAN(B2:B5)", 25),
    ("=LARGE(B2:B5,2)", 30),
    ("=SMALL(B2:B5,2)", 20),
    ("=RANK(30,B2:B5)", 2),
    ("=ABS(-2)", 2),
    ("=ROUND(826.645,2)", 826.65),
    ("=ROUNDUP(99.44,1)", 99.5),
    ("=ROUNDDOWN(99.46,1)", 99.4),
    ("=CEILING(23.25,0.1)", 23.3),
    ("=INT(-7.5)", -8),
    ("=TRUNC(3.141592654,2)", 3.14),
    ("=MOD(-3,2)", 1),
    ("=QUOTIENT(4,2)", 2),
    ("=POWER(4,0.5)", 2),
    ("=SQRT(9)", 3),
    ("=LOG(128,2)", 7),
    ("=PRODUCT(B2:B3)", 200),
    ("=GCD(12,18)", 6),
    ("=SIGN(-42)", -1),
    ('=IF(B2>5,"yes","no")', "yes"),
    ('=IFS(B2>15,"big",B2>5,"middle")', "middle"),
    ('=IFERROR(1/0,"none")', "none"),
    ('=IFNA(NA(),"none")', "none"),
    ('=SWITCH(2,1,"one",2,"two")', "two"),
    ("=AND(TRUE,B2>5)", True),
    ("=OR(FALSE,B2>50)", False),
    ("=NOT(FALSE)", True),
    ("=ISBLANK(A9)", True),
    ("=ISNUMBER(B2)", True),
    ("=ISERROR(1/0)", True),
    ('=VLOOKUP("b",A2:B5,2,FALSE)', 20),
    ('=HLOOKUP("sum",A1:C5,3,FALSE)', 20),
    ('=XLOOKUP("b",A2:A5,B2:B5)', 20),
    ("=LOOKUP(25,B2:B5)", 20),
    ("=INDEX(A1:C5,3,2)", 20),
    ("=MATCH(30,B2:B5,0)", 3),
    ('=CHOOSE(2,"A","B","C")', "B"),
    ("=ROW(A9)", 9),
    ("=ROWS(A9:A62)", 54),
    ("=COLUMNS(A9:W62)", 23),
    ("=ADDRESS(1,2)", "$B$1"),
    ('=CONCATENATE("Welcome"," ","to")', "Welcome to"),
    ('=JOIN(" and-a ",1,2,3)', "1 and-a 2 and-a 3"),
    ('=TEXTJOIN(", ",TRUE,A2:A5)', "a, b, a, c"),
    ('=LEFT("Google Sheets",2)', "Go"),
    ('=RIGHT("Google Sheets",2)', "ts"),
    ('=MID("get this",5,4)', "this"),
    ('=LEN("lorem ipsum")', 11),
    ('=UPPER("lorem ipsum")', "LOREM IPSUM"),
    ('=PROPER("united states")', "United States"),
    ('=TRIM(" lorem  ipsum ")', "lorem ipsum"),
    ('=SUBSTITUTE("search for it","search for","Google")', "Google it"),
    ('=REPLACE("Spreadsheets",1,6,"Bed")', "Bedsheets"),
    ('=FIND("def","abcdefg")', 4),
    ('=SEARCH("DEF","abcdefg")', 4),
    ('=EXACT("A string","A string")', True),
    ('=VALUE("123")', 123),
    ('=TEXT(1.23,"$0.00")', "$1.23"),
    ('=TEXT(DATE(1969,7,20),"yyyy-MM")', "1969-07"),
    ("=CHAR(97)", "a"),
    ('=REGEXMATCH("Spreadsheets","S.r")', True),
    ('=REGEXEXTRACT("Needle in a haystack",".e{2}dle")', "Needle"),
    ('=REGEXREPLACE("Spreadsheets","S.*d","Bed")', "Bedsheets"),
    ("=DATE(1969,7,20)", 25404),
    ("=YEAR(DATE(1969,7,20))", 1969),
    ("=WEEKDAY(DATE(1969,7,20))", 1),
    ("=ISOWEEKNUM(DATE(2022,9,20))", 38),
    ("=EDATE(DATE(1969,7,20),1)", 25435),
    ("=EOMONTH(DATE(1969,7,20),1)", 25446),
    ('=DATEDIF(DATE(1969,7,16),DATE(1969,7,24),"D")', 8),
    ("=DAYS(DATE(1969,7,24),DATE(1969,7,16))", 8),
    ("=NETWORKDAYS(DATE(1969,7,16),DATE(1969,7,24))", 7),
    ('=DATEVALUE("1969-07-20")', 25404),
    ("=HOUR(TIME(11,40,59))", 11),
    ('=HYPERLINK("http://www.google.com/","Google")', "Google"),
    ("=ISBETWEEN(7.9,1.2,12.45)", True),
    ("=TO_TEXT(24)", "24"),
    ('=INDIRECT("B3")', 20),
    ('=INDIRECT("R3C2",FALSE)', 20),
    ('=INDIRECT("Sheet1!B"&ROW(A3))', 20),
    ('=SUM(INDIRECT("B2:B"&3))', 30),
    ("=OFFSET(A1,1,1)", 10),
    ("=SUM(OFFSET(A1,1,1,2,1))", 30),
    ("=OFFSET(A1,-1,0)", "#REF!"),
    ("=QUERY(A1:C5,\"select B where A='b'\",0)", 20),
    ('=QUERY(A2:C5,"select sum(B)",0)', "sum "),
    ("=QUERY(A2:C5,\"select sum(B) label sum(B) ''\",0)", 100),
    ('=QUERY(A1:C5,"select A, avg(B) group by A")', "name"),
    ('=INDEX(QUERY(A1:C5,"select A, avg(B) group by A"),1,2)', "avg sum"),
    ('=INDEX(QUERY(A1:C5,"select A, avg(B) group by A"),2,2)', 20),
    ('=QUERY(A1:C5,"select Z")', "#VALUE!"),
    ("=QUERY(A1:C5,\"select B where A='z'\",0)", "#N/A"),
    ("=LET(x,B2,y,x*2,x+y)", 30),
    ("=LAMBDA(Salary,Salary*0.3)(1000)", 300),
    ("=LET(f,LAMBDA(x,x*x),f(5))", 25),
    ("=LAMBDA(x,x)", "#N/A"),
    ("=MAP(B2:B5,LAMBDA(v,v+1))", 11),
    ("=BYROW(B2:C5,LAMBDA(r,SUM(r)))", 11),
    ("=BYCOL(B2:C5,LAMBDA(c,MAX(c)))", 40),
    ("=REDUCE(5,B2:B5,LAMBDA(a,v,a+v))", 105),
    ("=INDEX(SCAN(5,B2:B5,LAMBDA(a,v,a+v)),4)", 105),
    ("=INDEX(MAKEARRAY(2,3,LAMBDA(r,c,r*c)),2,3)", 6),
    ("=SUM(INDEX(A2:B5,0,2))", 100),
    ("=INDEX(A1:C5,9,1)", "#NUM!"),
    ("=ARRAYFORMULA(SUM(ROW(A1:A3)))", 6),
    ("=SUM({B2:B3;B5})", 70),
    ('=VLOOKUP("z",A2:B5,2,FALSE)', "#N/A"),
    ('=XLOOKUP("z",A2:A5,B2:B5,"none")', "none"),
    ('=TEXTJOIN("-",TRUE,UNIQUE(A2:A5))', "a-b-c"),
    *LOOKED_UP,
)
SAME = tuple(Example(formula, value) for formula, value in _ALIKE)
OTHER = (
    Example(
        '=GOOGLETRANSLATE("Hello World","en","es")',
        "Hola Mundo",
        "#NAME?",
        "a service of Google's; a warning",
    ),
    Example('=DETECTLANGUAGE("Hello World")', "en", "#NAME?", "a service of Google's; a warning"),
)
EXAMPLES = (*SAME, *OTHER)

_INTRODUCTION = """# Formulas of the local workspace

Written by `python -m tests.conformance.formulatable > docs/emulator-formulas.md`; `test_formula_table.py` beside
that module computes every example through the API. A result of several cells fills the cells right of and below
its formula, as with Google; the table shows its first one.

Formulas are computed by the library `formulas` and by what the workspace adds to it. Google's value is the one of
its function list (support.google.com/docs/table/25273) or follows from the description there, counted by hand. In
A1:C5 stand `name, sum, x`, `a, 10, 1`, `b, 20, 2`, `a, 30, 3`, `c, 40, 4`; dates are serial numbers.

QUERY knows all clauses of Google's Query Language Reference with its aggregations, scalar functions and operators.
How many header rows are guessed, the labels of scalar functions and of arithmetic, and that the option no_values
changes nothing in cells are assumed. A function that is not known shows #NAME? with a warning: those that ask a
service (GOOGLETRANSLATE, DETECTLANGUAGE, GOOGLEFINANCE, IMPORTDATA, IMPORTFEED, IMPORTHTML, IMPORTXML).

Dates, times, percentages and amounts of money keep their format on the way through a formula (assumed from the
editor). IMAGE and SPARKLINE show a picture there; here the cell is empty. In ru_RU the Russian names of functions
are read as well (which of them the API reads is assumed).
"""


def page() -> str:
    """The whole page as Markdown."""
    lines = [
        _INTRODUCTION,
        "| function | example | Google | here | the difference |",
        "|---|---|---|---|---|",
    ]
    for one in EXAMPLES:
        shown = "the same" if one.here is None and not one.why else _text(one.value)
        lines.append(f"| {one.name} | `{one.formula}` | {_text(one.google)} | {shown} | {one.why} |")
    return "\n".join([*lines, ""])


def _text(value: Value) -> str:
    return str(value).upper() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    sys.stdout.write(page())
