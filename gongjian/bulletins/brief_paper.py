"""placeholder"""


def brief_paper(bulletin):
    raise NotImplementedError
