"""A sealed back-up opens by its key alone: made, checked and restored by the commands, refused with a sentence otherwise."""

import pytest
from hypothesis import given, settings, strategies

from gongjian.audit import Refused
from gongjian.cli import sealed
from tests import migrated
from tests.cli.running import gongjian

SECRET = "青禾机械尚欠工程款".encode()


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Two private keys with their public ones."""
    folder = tmp_path_factory.mktemp("keys")
    return {folder / name: sealed.new_key(folder / name) for name in ("first.key", "second.key")}


def opened(file, key):
    with sealed.opened(file, key) as plain:
        return plain.read_bytes()


def test_each_of_the_keys_opens_it_and_nothing_of_it_can_be_read(tmp_path, keys):
    plain, file = tmp_path / "plain", tmp_path / "all.zip.age"
    plain.write_bytes(SECRET * 9000)
    sealed.seal(plain, file, list(keys.values()))
    assert SECRET not in file.read_bytes()
    assert [opened(file, key) for key in keys] == [plain.read_bytes()] * 2
    assert {oct(place.stat().st_mode & 0o777) for place in (file, *keys)} == {"0o600"}


def test_another_key_no_key_and_a_file_that_is_no_key_are_refused(tmp_path, keys):
    plain, file = tmp_path / "plain", tmp_path / "one.zip.age"
    plain.write_bytes(SECRET)
    (first, public), (second, _other) = keys.items()
    sealed.seal(plain, file, [public])
    for key, sentence in ((second, "私钥不是这份备份的"), (None, "请用 --key"), (plain, "没有私钥")):
        with pytest.raises(Refused, match=sentence):
            opened(file, key)
    first_line = tmp_path / "pasted.key"
    first_line.write_text(first.read_text().splitlines()[1])
    assert opened(file, first_line) == SECRET


@settings(max_examples=40)
@given(place=strategies.integers(0, 10_000), cut=strategies.booleans())
def test_what_is_cut_short_or_altered_is_refused_and_never_half_a_back_up(tmp_path_factory, keys, place, cut):
    folder = tmp_path_factory.mktemp("altered")
    plain, file = folder / "plain", folder / "a.zip.age"
    plain.write_bytes(SECRET * 4000)
    key, public = next(iter(keys.items()))
    sealed.seal(plain, file, [public])
    content = bytearray(file.read_bytes())
    place = len(sealed.HEAD) + place * (len(content) - len(sealed.HEAD) - 1) // 10_000
    if cut:
        del content[place:]
    else:
        content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(Refused):
        opened(file, key)


def test_what_is_no_public_key_is_told(settings):
    settings.BACKUP_KEYS = "age1abc"
    with pytest.raises(Refused, match="不是公钥"):
        sealed.public_keys()
    settings.BACKUP_KEYS = ""
    assert sealed.public_keys() == []


@pytest.mark.slow(12)
def test_an_instance_is_backed_up_sealed_checked_and_restored(tmp_path):
    home, key, file = tmp_path / "home", tmp_path / "backup.key", tmp_path / "all.zip.age"
    migrated.put_into(home)
    gongjian(home, "init", "--city", "安川市")
    told = gongjian(home, "backup", "--new-key", key)
    assert "已经存在" in gongjian(home, "backup", "--new-key", key, code=1)
    public = next(word for word in told.split() if word.startswith("GONGJIAN_BACKUP_KEYS=")).partition("=")[2]
    assert "请给文件名加上 .age" in gongjian(
        home, "backup", tmp_path / "all.zip", code=1, GONGJIAN_BACKUP_KEYS=public
    )
    assert "去掉文件名的 .age" in gongjian(home, "backup", file, code=1)
    gongjian(home, "backup", file, GONGJIAN_BACKUP_KEYS=public)
    assert "能够恢复，内容完好" in gongjian(home, "backup", "--check", file, "--key", key)
    assert "请用 --key" in gongjian(tmp_path / "new", "restore", file, code=1)
    assert not (tmp_path / "new").exists()
    gongjian(tmp_path / "new", "restore", file, "--key", key)
    assert gongjian(tmp_path / "new", "verify") == gongjian(home, "verify")
