"""Removal notices (移出告知书), for whoever was shown one and wants to check it."""
