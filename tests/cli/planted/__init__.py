"""An app whose migrations fail, lose rows or end the process, as the environment says: for the tests of `gongjian upgrade`."""
