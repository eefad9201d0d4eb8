"""`python -m gouji.inference` is `gouji`; launchers of several processes want a module."""

from gouji.inference.cli import main

if __name__ == "__main__":  # worker processes import this module again
    main(prog_name="gouji")
