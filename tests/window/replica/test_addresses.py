"""Completion of addresses: what is read, what is refused, and what a few letters find."""

import gzip
import tracemalloc
from pathlib import Path

import pytest

from kiosk.window.replica.addresses import AddressFileError, AddressIndex, check_address_file

HEADER = "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat"
MAP = Path(__file__).parents[3] / "assets" / "demo_map" / "quartier.vmap"

# An invented town: no such street has these doors.
STREETS = [
    ("Avenue des Haleurs", "75902", "Lanterneville", ["1", "3", "3;bis", "30", "32"]),
    ("Rue du 8 Mai 1945", "75902", "Lanterneville", ["2", "4"]),
    ("Boulevard de l’Écluse-Œuvrière", "75902", "Lanterneville", ["7"]),
    ("Rue Saint-Maur-le-Vieux", "75903", "Brumes-sur-Marne", ["1", "2", "3"]),
    ("Impasse des Haleurs", "75903", "Brumes-sur-Marne", ["1"]),
    ("Rue Lanterne", "75903", "Brumes-sur-Marne", ["5"]),
]


def lines(streets=STREETS):
    for name, code, town, numbers in streets:
        for number in numbers:
            digits, _, rep = number.partition(";")
            yield f"{code}_x_{digits};;{digits};{rep};{name};{code};{code};{town};0;0;2.3;48.8"


def written(folder, text, name="adresses-99.csv"):
    path = folder / name
    data = text.encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.fixture
def sample(tmp_path):
    return written(tmp_path, "\n".join([HEADER, *lines()]) + "\n")


@pytest.fixture
def index(tmp_path, sample):
    index = AddressIndex(tmp_path / "box")
    index.use(sample)
    yield index
    index.close()


def streets(found):
    return [x.street for x in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hal", "Avenue des Haleurs"),
        ("HALEURS av", "Avenue des Haleurs"),
        ("imp hal", "Impasse des Haleurs"),
        ("ecluse oeuv", "Boulevard de l’Écluse-Œuvrière"),
        ("bd l'écl", "Boulevard de l’Écluse-Œuvrière"),
        ("st maur", "Rue Saint-Maur-le-Vieux"),
        ("haleurs brum", "Impasse des Haleurs"),
        ("hal 75903", "Impasse des Haleurs"),
        ("8 mai", "Rue du 8 Mai 1945"),
        ("lant", "Rue Lanterne"),
    ],
)
def test_the_beginning_of_any_word_finds_the_street(index, typed, first):
    assert streets(index.find(typed))[0] == first


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("30 hal", "30"),
        ("hal 30", "30"),
        ("30, avenue des hal", "30"),
        ("3bis hal", "3 bis"),
        ("3 bis hal", "3 bis"),
        ("haleurs 3 bis", "3 bis"),
        ("hal", ""),
    ],
)
def test_the_number_may_stand_first_or_last(index, typed, number):
    found = index.find(typed)[0]
    assert (found.street, found.number) == ("Avenue des Haleurs", number)
    assert (found.postcode, found.city) == ("75902", "Lanterneville")
    assert found.numbers == ("1", "3", "3 bis", "30", "32")


def test_a_street_with_this_door_comes_before_one_without(index):
    assert streets(index.find("1 hal")) == ["Avenue des Haleurs", "Impasse des Haleurs"]
    assert streets(index.find("haleurs 30"))[0] == "Avenue des Haleurs"


def test_only_where_the_couriers_ride(index):
    assert streets(index.find("hal", ["75903"])) == ["Impasse des Haleurs"]
    assert index.find("hal", ["75999"]) == ()


@pytest.mark.parametrize("typed", ["", " ", "h", "30", "75902", "'\"*(", "xyz", "é" * 500])
def test_too_little_or_nonsense_finds_nothing(index, typed):
    assert index.find(typed) == ()


def test_a_town_alone_offers_no_street(index):
    assert index.find("brumes") == ()


def test_the_file_may_be_packed(tmp_path):
    index = AddressIndex(tmp_path / "box")
    index.use(written(tmp_path, "\ufeff" + "\n".join([HEADER, *lines()]), "a.csv.gz"))
    assert streets(index.find("haleurs av")) == ["Avenue des Haleurs"]
    index.close()


def test_another_file_replaces_the_index_and_the_same_is_not_read_again(tmp_path, index, sample):
    built = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "box").iterdir()}
    again = AddressIndex(tmp_path / "box")
    again.use(sample)
    assert {p.name: p.stat().st_mtime_ns for p in (tmp_path / "box").iterdir()} == built
    other = ("Allée Neuve", "75902", "Lanterneville", ["1"])
    sample.write_text("\n".join([HEADER, *lines([other])]))
    again.use(sample)
    assert streets(again.find("neuve")) == ["Allée Neuve"] and again.find("haleurs") == ()
    assert len(list((tmp_path / "box").iterdir())) == 1
    again.close()


def test_a_bad_file_leaves_the_old_index(index, sample, tmp_path):
    sample.write_text(sample.read_text() + "cut;off\n")
    with pytest.raises(AddressFileError, match=r"line \d+: 2 columns where the heading has 12"):
        index.use(sample)
    assert streets(index.find("imp hal")) == ["Impasse des Haleurs"]
    assert not list((tmp_path / "box").glob("*.part"))


def test_a_damaged_index_answers_nothing_and_is_built_anew(tmp_path, sample):
    index = AddressIndex(tmp_path / "box")
    index.use(sample)
    index.close()
    (file,) = (tmp_path / "box").iterdir()
    file.write_bytes(b"\0" * file.stat().st_size)
    index.use(sample)
    assert index.find("hal") == ()
    index.use(sample)
    assert index.find("hal")
    index.close()


ROW = "1;;1;;Rue Neuve;75902;75902;Lanterneville;0;0;2;48"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lacks the column numero"),
        (HEADER.replace(";", ",") + "\n", "separated by commas"),
        (HEADER.replace(";", "\t") + "\n", "separated by tabs"),
        (HEADER.replace("nom_voie", "voie") + f"\n{ROW}\n", "lacks the column nom_voie"),
        (HEADER + "\n", "holds no address"),
        (f"{HEADER}\n{ROW.replace(';;1;', ';;one;')}\n", "line 2: the number 'one' is not one"),
        (f"{HEADER}\n{ROW};\n", "line 2: 13 columns"),
    ],
)
def test_what_is_no_such_file_is_refused_with_what_to_do(tmp_path, text, said):
    with pytest.raises(AddressFileError, match=said) as refused:
        check_address_file(written(tmp_path, text))
    assert "adresse.data.gouv.fr" in str(refused.value) or "download" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("latin.csv", f"{HEADER}\n{ROW}".replace("Neuve", "Éclusée").encode("latin-1")),
        ("torn.csv.gz", gzip.compress(f"{HEADER}\n{ROW}".encode())[:-9]),
        ("plain.csv.gz", HEADER.encode()),
        ("broken.vmap", b"VMAP and no more"),
    ],
)
def test_what_cannot_be_read_is_an_error_not_a_crash(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(AddressFileError, match=name):
        AddressIndex(tmp_path / "box").use(path)
    with pytest.raises(AddressFileError, match="cannot be opened"):
        AddressIndex(tmp_path / "box").use(tmp_path / "missing.csv")


def test_a_map_completes_its_own_streets(tmp_path):
    index = AddressIndex(tmp_path / "box")
    index.use(MAP, "Paris", "00000")
    found = index.find("hal 30", ["75000"])[0]
    assert (found.street, found.number, found.city) == ("avenue des Haleurs", "30", "Paris")
    assert found.postcode == "75000" and "30" in found.numbers
    index.close()


def peak_of(tmp_path, streets):
    """The most bytes that Python held while a file of so many streets was indexed."""
    many = (
        (f"Rue {n:05d} des Essais", "75902", "Lanterneville", ["1", "2"]) for n in range(streets)
    )
    path = written(tmp_path, "\n".join([HEADER, *lines(many)]))
    index = AddressIndex(tmp_path / "box")
    tracemalloc.start()
    try:
        index.use(path)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        assert len(index.find(f"{streets - 1:05d} essais")) == 1
        index.close()


def test_memory_does_not_grow_with_the_file(tmp_path):
    assert peak_of(tmp_path, 12_000) < 1.7 * peak_of(tmp_path, 3_000), "a file four times as long"


def test_what_somebody_types_shows_in_no_repr(index):
    assert "Haleurs" not in repr(index.find("hal")) and "75902" not in repr(index.find("hal"))
