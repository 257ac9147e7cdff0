-- Whose account is whose; what an access review could not see and waits for; exceptions that end early.

ALTER TABLE person ADD COLUMN logins text NOT NULL DEFAULT '[]';
ALTER TABLE access_review ADD COLUMN deputy_id uuid;
ALTER TABLE access_review_item ADD COLUMN wanted_permission character varying(200);
ALTER TABLE access_review_item ADD COLUMN confirmed_by character varying(200);
ALTER TABLE access_review_item ADD COLUMN confirmed_how character varying(2000);
ALTER TABLE check_exception ADD COLUMN ended_at timestamp with time zone;
ALTER TABLE check_exception ADD COLUMN ended_because character varying(2000);

CREATE TABLE access_review_gap (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    review_id uuid NOT NULL,
    resource_id uuid NOT NULL,
    resource_name character varying(400) NOT NULL,
    why character varying(500) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_access_review_gap PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_access_review_gap_organization_id_review_id ON access_review_gap (organization_id, review_id);

ALTER TABLE access_review_gap ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_review_gap FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON access_review_gap USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
