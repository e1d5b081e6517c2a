-- One line for all mail rows that is the same before and after the 1.19 migration (which splits `sender`).
SELECT count(*) || ' ' || md5(string_agg(md5(concat_ws('|', m.id, b.id, b.local_part, b.quota_mb, d.name, m.uid,
    coalesce(to_jsonb(m) ->> 'sender',
      (to_jsonb(m) ->> 'sender_name') || ' <' || (to_jsonb(m) ->> 'sender_addr') || '>'),
    m.subject, m.body, extract(epoch FROM m.received_at)::bigint)), '' ORDER BY m.id))
FROM messages m JOIN mailboxes b ON b.id = m.mailbox_id JOIN domains d ON d.id = b.domain_id;
