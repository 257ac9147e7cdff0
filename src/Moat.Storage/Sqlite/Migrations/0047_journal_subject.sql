-- Which entries of the journal changed a record, so that a journal of any length is never searched for it.

CREATE TABLE "journal_subject" (
    "organization_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    CONSTRAINT "pk_journal_subject" PRIMARY KEY ("organization_id", "subject", "sequence")
);

INSERT INTO "journal_subject" ("organization_id", "subject", "sequence")
SELECT DISTINCT e."organization_id", json_extract(c."value", '$.ref'), e."sequence"
FROM "journal_entry" e, json_each(e."changes") c
WHERE json_extract(c."value", '$.ref') IS NOT NULL
ORDER BY 1, 2, 3;

-- What an entry says stands, whatever program writes to the file; only a row that says something else can be taken out.
CREATE TRIGGER "journal_subject_no_update" BEFORE UPDATE ON "journal_subject"
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER "journal_subject_no_delete" BEFORE DELETE ON "journal_subject"
WHEN EXISTS (
    SELECT 1 FROM "journal_entry" e, json_each(e."changes") c
    WHERE e."organization_id" = OLD."organization_id" AND e."sequence" = OLD."sequence"
        AND json_extract(c."value", '$.ref') = OLD."subject")
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
