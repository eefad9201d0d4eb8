"""Extraction within engines that spread work over many machines: Ray Data, datatrove.

An engine hands out pieces of the input and does again what a lost machine had in hand. What it hands out is
answered here as on one machine: each page is read in a process that can be thrown away, so that the engine's
own process outlives any page. Engines are imported by nothing else, and only where they are asked for.
"""
