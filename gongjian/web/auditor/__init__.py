"""The auditor's page: the trail, and samples of what is late, closed, reopened. Nothing can be changed here."""
