"""The forms are the official ones, cell for cell, and a faulty form lists all its faults."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from gouji.model.forms import FormError, families, forms_with, load_form, load_forms

KEYS = {  # number of cells, and the hash of their keys one a line
    "2019": (198, "4cf8d91f6905a89e"),
    "2021": (200, "e45a5d839752f19b"),
}


@pytest.mark.parametrize("form_id", sorted(KEYS))
def test_a_form_has_the_cells_that_it_is_known_to_have(form_id: str):
    keys = load_forms()[form_id].keys()
    count, digest = KEYS[form_id]

    assert len(keys) == count
    assert hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16] == digest


def test_the_cells_of_each_form_are_those_of_the_official_list_in_its_order(cells_csv: Path):
    listed: dict[str, list[str]] = {}
    with cells_csv.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            listed.setdefault(row["form"], []).append(f"{row['table']}/{row['row']}/{row['column']}")

    assert listed == {form.id: form.keys() for form in load_forms().values()}


def test_the_labels_of_each_cell_are_those_of_the_official_list(cells_csv: Path):
    with cells_csv.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    printed = {
        (form.id, table.id, row.id, column.id): (row.label, column.label)
        for form in load_forms().values()
        for table in form.tables
        for block, row in table.rows()
        for column in block.columns
    }

    for row in rows:
        labels = printed[row["form"], row["table"], row["row"], row["column"]]
        assert labels == (row["row_label"].rpartition("·")[2], row["column_label"])  # less its group


def test_every_result_row_counts_once_in_the_sum_of_results():
    for form in load_forms().values():
        table = form.table("applications")
        results = next(rule for rule in table.checks if rule.name == "results")
        rows = [row.id for _, row in table.rows()]

        others = {"received", "carried_in", "total", "carried_out"}
        assert list(results.left) == [row for row in rows if row not in others]


def test_a_faulty_form_lists_all_its_faults(tmp_path: Path):
    path = tmp_path / "2030.toml"
    path.write_text(
        'id = "2030"\n[[table]]\nid = "t"\n[[table.block]]\nrows = [{ id = "r" }]\n', encoding="utf-8"
    )

    with pytest.raises(FormError) as fault:
        load_form(path)

    for part in ("source: missing", "heading: missing", "rows[0].label: missing", "columns: missing"):
        assert part in str(fault.value)


def test_a_rule_that_names_an_unknown_row_is_a_fault(tmp_path: Path):
    path = tmp_path / "2030.toml"
    path.write_text(
        """id = "2030"
source = "made up"
[[table]]
id = "t"
heading = "T"
[[table.block]]
rows = [{ id = "r", label = "R" }]
columns = [{ id = "c", label = "C" }]
[[table.check]]
name = "sum"
each = "row"
left = ["c"]
right = ["nowhere"]
""",
        encoding="utf-8",
    )

    with pytest.raises(FormError, match="names 'nowhere', which the table does not have"):
        load_form(path)


def test_an_identity_across_years_that_names_what_is_not_there_is_a_fault(tmp_path: Path):
    path = tmp_path / "2030.toml"
    path.write_text(
        'id = "2030"\nsource = "x"\n[[table]]\nid = "t"\nheading = "h"\n'
        '[[table.block]]\nrows = [{ id = "r", label = "r" }]\ncolumns = [{ id = "c", label = "c" }]\n'
        '[[table.years]]\nname = "over"\neach = "row"\nearlier = ["nowhere"]\nlater = []\n',
        encoding="utf-8",
    )

    with pytest.raises(FormError) as fault:
        load_form(path)

    assert "years[0]: earlier or later is empty" in str(fault.value)
    assert "table t, years over: names 'nowhere', which the table does not have" in str(fault.value)


def test_a_folder_without_forms_is_refused(tmp_path: Path):
    with pytest.raises(FormError, match="no form here"):
        load_forms(tmp_path)


_ITEMS = """id = "{id}"
source = "made up"
[[table]]
id = "{table}"
heading = "T"
likeness = {likeness}
[[table.block]]
rows = [{{ id = "r", label = "R" }}, {{ id = "w", label = "W", answer = "{answer}" }}]
columns = [{{ id = "c", label = "C" }}]
"""


def _form(folder: Path, **said: str) -> Path:
    path = folder / f"{said.get('id', 'mine')}.toml"
    path.write_text(
        _ITEMS.format(**{"id": "mine", "table": "t", "likeness": "0.9", "answer": "words", **said}),
        encoding="utf-8",
    )
    return path


def test_a_users_own_form_stands_beside_the_shipped_ones(tmp_path: Path):
    forms = forms_with([_form(tmp_path)])

    assert list(forms) == [*load_forms(), "mine"]
    assert forms["mine"].tables[0].likeness == 0.9


def test_an_item_answered_in_words_has_no_cell_and_keeps_its_place(tmp_path: Path):
    block = load_form(_form(tmp_path)).tables[0].blocks[0]

    assert ([row.id for row in block.rows], [label.id for label in block.in_words]) == (["r"], ["w"])
    assert load_form(_form(tmp_path)).keys() == ["t/r/c"]


def test_a_form_with_anothers_id_is_refused(tmp_path: Path):
    with pytest.raises(FormError, match=r"2021\.toml: id '2021' is another form's already"):
        forms_with([_form(tmp_path, id="2021")])


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"answer": "ticks"}, r"rows\[1\].answer: found 'ticks'; expected 'numbers' or 'words'"),
        ({"likeness": "0.2"}, r"likeness: found 0.2; expected a number from 0.64 to 1.0"),
    ],
)
def test_what_an_item_and_a_likeness_may_say_is_checked(tmp_path: Path, said: dict[str, str], fault: str):
    with pytest.raises(FormError, match=fault):
        load_form(_form(tmp_path, **said))


def test_a_list_or_a_label_of_a_form_that_is_longer_than_any_form_has_it_is_refused(tmp_path: Path):
    row = '{ id = "r", label = "某" }'
    text = (
        'id = "mine"\nsource = "s"\n[[table]]\nid = "t"\nheading = "h"\n[[table.block]]\n'
        'columns = [{ id = "c", label = "某" }]\nrows = [ROWS]\n'
    )
    for number, (rows, fault) in enumerate((
        (", ".join([row] * 1001), r"block\[0\]\.rows: has 1001; expected at most 1000"),
        (row.replace("某", "某" * 1001), r"rows\[0\]\.label: has 1001 characters; expected at most 1000"),
    )):  # fmt: skip
        path = tmp_path / f"{number}.toml"
        path.write_text(text.replace("ROWS", rows), encoding="utf-8")

        with pytest.raises(FormError, match=fault):
            load_form(path)


def test_forms_that_share_a_table_are_of_one_family(tmp_path: Path):
    forms = forms_with([_form(tmp_path)])

    assert [[form.id for form in family] for family in families(forms.values())] == [
        ["2019", "2021"],
        ["mine"],
    ]


def test_of_the_official_forms_only_sums_of_money_have_decimals():
    money = {
        (form.id, table.id, column.id)
        for form in load_forms().values()
        for table in form.tables
        for block in table.blocks
        for column in block.columns
        if column.money or not table.counts
    }

    assert money == {("2019", "disclosure", "amount"), ("2021", "disclosure", "amount")}
