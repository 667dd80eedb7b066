"""placeholder"""


def slip_paper(slip):
    raise NotImplementedError
