CREATE FUNCTION fold_text(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT translate(
        replace(replace(lower(value), 'œ', 'oe'), 'æ', 'ae'),
        'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸ',
        'aaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy')
$$;
COMMENT ON FUNCTION fold_text(text) IS 'Lower case without the accents of Latin languages, whatever the database''s locale: for searching.';

CREATE VIEW customer_search AS
SELECT c.directory_id, c.customer_id, c.code, c.status, c.display_name, c.given_name, c.family_name, c.company_name, c.primary_email,
       c.primary_phone, c.phones,
       repertoire.fold_text(concat_ws(' ', c.code, c.display_name, c.given_name, c.family_name, c.company_name,
           array_to_string(c.emails, ' '), array_to_string(c.phones, ' '))) AS haystack
FROM repertoire.customer c
WHERE c.status IN ('ACTIVE', 'ARCHIVED');
COMMENT ON VIEW customer_search IS 'What a search for a customer looks in: code, names, company, emails and phones, folded.';
