"""What is called from the roomy frame finds room for its own frames, and behaves as ever."""

import sys
from threading import Thread

import pytest

from gongjian.cli.roomy_frame import in_roomy_frame


def depth(left):
    return 0 if left == 0 else 1 + depth(left - 1)


def test_what_a_call_returns_and_raises_passes_through():
    assert in_roomy_frame(lambda: depth(700)) == 700
    with pytest.raises(ZeroDivisionError):
        in_roomy_frame(lambda: 1 // 0)


def test_the_depth_of_calls_keeps_its_limit():
    with pytest.raises(RecursionError):
        in_roomy_frame(lambda: depth(sys.getrecursionlimit() + 1))


def test_it_serves_threads_with_frames_of_their_own():
    found = []
    threads = [Thread(target=lambda: found.append(in_roomy_frame(lambda: depth(500)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [500] * 4
