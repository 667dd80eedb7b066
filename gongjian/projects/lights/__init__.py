"""The light of a project (项目亮灯): facts put to a table of `engines/projects`, with the reason and what follows. Computed when asked, never stored."""
