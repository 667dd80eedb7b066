"""Which connections the server closes: unfinished for too long, or too many of them."""

from types import SimpleNamespace

from gongjian.cli import buffering_worker as worker

NOW = 1000.0


def channel(*, age=0.0, header=False, received=0, under_way=False, idle=False):
    """A connection as waitress keeps it, with the moment its request began."""
    request = None if idle else SimpleNamespace(headers_finished=header, body_bytes_received=received)
    return SimpleNamespace(request=request, requests=[1] if under_way else [], begun=NOW - age)


def test_half_a_header_and_half_a_body_have_their_time_and_work_is_never_cut():
    half = channel(age=worker.HEADER_WITHIN + 1)
    slow_upload = channel(age=worker.REQUEST_WITHIN - 1, header=True)
    endless = channel(age=worker.REQUEST_WITHIN + 1, header=True)
    idle, at_work = channel(age=9999, idle=True), channel(age=9999, under_way=True)
    found = worker.overdue([half, slow_upload, endless, idle, at_work], now=NOW, most=100)
    assert {id(each) for each in found} == {id(half), id(endless)}


def test_where_connections_get_many_the_oldest_unfinished_make_room():
    crowd = [channel(age=n / 10) for n in range(100)]
    found = worker.overdue(crowd, now=NOW, most=100)
    assert {id(each) for each in found} == {id(each) for each in crowd[75:]}


def test_the_largest_unfinished_uploads_go_where_all_are_too_much():
    most = worker.MOST_BUFFERED
    small, large = channel(header=True, received=10), channel(header=True, received=most)
    assert worker.overdue([small, large], now=NOW, most=100) == [large]


def test_a_second_request_of_one_connection_has_its_own_time():
    one = SimpleNamespace(request=object(), requests=[])
    worker.watch([one], now=1.0)
    worker.watch([one], now=5.0)
    assert one.begun == 1.0
    one.request = object()
    worker.watch([one], now=9.0)
    assert one.begun == 9.0
