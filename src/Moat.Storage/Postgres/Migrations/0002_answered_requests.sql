-- Answers of requests that carried an Idempotency-Key, kept for a day.
CREATE TABLE answered_request (
    organization_id uuid NOT NULL,
    key character varying(200) NOT NULL,
    operation character varying(100) NOT NULL,
    input_sha256 character varying(64) NOT NULL,
    answer text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_answered_request PRIMARY KEY (organization_id, key)
);
CREATE INDEX ix_answered_request_organization_id_at ON answered_request (organization_id, at);
ALTER TABLE answered_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE answered_request FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON answered_request USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
