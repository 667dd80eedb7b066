"""What `gongjian doctor` looks at, one function a check: the folder and its machine, the settings, the records."""
