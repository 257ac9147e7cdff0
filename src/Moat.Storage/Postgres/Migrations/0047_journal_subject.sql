-- Which entries of the journal changed a record, so that a journal of any length is never searched for it.

CREATE TABLE journal_subject (
    organization_id uuid NOT NULL,
    subject character varying(40) NOT NULL,
    sequence bigint NOT NULL,
    CONSTRAINT pk_journal_subject PRIMARY KEY (organization_id, subject, sequence)
);

-- The tables of this and of the journal show an organisation's rows only to who names it, also to their owner.
SELECT set_config('moat.organization', '*', true);

INSERT INTO journal_subject (organization_id, subject, sequence)
SELECT DISTINCT e.organization_id, c.value ->> 'ref', e.sequence
FROM journal_entry e, json_array_elements(e.changes::json) c
WHERE c.value ->> 'ref' IS NOT NULL;

SELECT set_config('moat.organization', '', true);

ALTER TABLE journal_subject ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_subject FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON journal_subject USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

-- What an entry says stands, whatever program connects; only a row that says something else can be taken out.
CREATE FUNCTION journal_subject_stands() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT 1 FROM journal_entry e, json_array_elements(e.changes::json) c
        WHERE e.organization_id = OLD.organization_id AND e.sequence = OLD.sequence AND c.value ->> 'ref' = OLD.subject)
    THEN
        RAISE EXCEPTION 'the journal is append-only';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER journal_subject_no_change BEFORE UPDATE OR DELETE ON journal_subject
    FOR EACH ROW EXECUTE FUNCTION journal_subject_stands();

CREATE TRIGGER journal_subject_no_truncate BEFORE TRUNCATE ON journal_subject
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
