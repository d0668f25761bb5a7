-- A customer is recalled by the card it shows at the till, too.
CREATE OR REPLACE VIEW customer_search AS
SELECT c.directory_id, c.customer_id, c.code, c.status, c.display_name, c.given_name, c.family_name, c.company_name, c.primary_email,
       c.primary_phone, c.phones,
       repertoire.fold_text(concat_ws(' ', c.code, c.display_name, c.given_name, c.family_name, c.company_name,
           array_to_string(c.emails, ' '), array_to_string(c.phones, ' '), c.loyalty ->> 'cards', c.loyalty ->> 'subscription_card'))
           AS haystack
FROM repertoire.customer c
WHERE c.status IN ('ACTIVE', 'ARCHIVED');
COMMENT ON VIEW customer_search IS 'What a search for a customer looks in: code, names, company, emails, phones and loyalty cards, folded.';
