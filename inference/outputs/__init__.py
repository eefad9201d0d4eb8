"""What people load and look at: tables for programs, workbooks for colleagues, a terminal's view."""
