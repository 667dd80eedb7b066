"""Trying a foreign file out (试读): it is read once in a process of its own, with limits of memory and time. No Django.

Whatever it does to its reader, the process that serves people is not in it. Only a file that came through is read here.

>>> from gongjian.engines.trial.process import Bounds, Reader, passes
>>> passes("企业,用电量\\n恒岳机械,12\\n".encode(), Reader.TABLE)
True
>>> passes("企业,用电量\\n".encode(), Reader.TABLE, bounds=Bounds(wait=0))
False
"""
