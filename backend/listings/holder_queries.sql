-- name: take_listing(listing, officer)$
SELECT register.take_listing(:listing, :officer);

-- name: find_holder(listing)$
SELECT officer.name
FROM register.listing_holder
INNER JOIN register.officer ON officer.id = listing_holder.officer_id
WHERE listing_holder.listing_id = :listing AND officer.active;  -- noqa: RF02

-- name: list_clerks()
-- Officers of the acting court who can act on listings.
SELECT id, name, login
FROM register.officer
WHERE active AND 'clerk' = ANY(roles)
ORDER BY name, login;

-- name: is_own_listing(listing)$
SELECT EXISTS (SELECT FROM register.listing WHERE id = :listing);

-- name: hand_over(listing, court, officer)!
INSERT INTO register.listing_holder (listing_id, court_id, officer_id)
VALUES (:listing, :court, :officer)
ON CONFLICT (listing_id) DO UPDATE SET officer_id = excluded.officer_id;
