"""Major projects (重点项目): one record from a name on a list to output in the statistics, with duties that grow by stage.

For: the project, its evidence, the stage that follows from it, what the next stage still wants.
Not for: what stands in its way (problems); files beside it (attachments).
"""
