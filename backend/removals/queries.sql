-- name: find_notice(code)^
SELECT signed_text, signature, public_key
FROM serving.removal_notice
WHERE code = :code;
