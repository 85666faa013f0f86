-- Kept for another branch: the numbers must count up without a gap.
SELECT 1;
