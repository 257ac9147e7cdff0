-- What places outside said of checkpoints of the journal, and how each place stands that the operator named.

CREATE TABLE anchor (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    place character varying(300) NOT NULL,
    kind character varying(40) NOT NULL,
    size bigint NOT NULL,
    checkpoint character varying(4000) NOT NULL,
    because character varying(100) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    contradicts boolean NOT NULL,
    says character varying(1000) NOT NULL,
    receipt text,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_anchor PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_anchor_organization_id_place_answered_at ON anchor (organization_id, place, answered_at);

ALTER TABLE anchor ENABLE ROW LEVEL SECURITY;
ALTER TABLE anchor FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON anchor USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE anchor_place (
    organization_id uuid NOT NULL,
    place character varying(300) NOT NULL,
    kind character varying(40) NOT NULL,
    named_at timestamp with time zone NOT NULL,
    asked_size bigint NOT NULL,
    asked_at timestamp with time zone,
    because character varying(100),
    waiting character varying(4000),
    waiting_since timestamp with time zone,
    attempts integer NOT NULL,
    next_at timestamp with time zone,
    problem character varying(1000),
    held_size bigint NOT NULL,
    held_at timestamp with time zone,
    CONSTRAINT pk_anchor_place PRIMARY KEY (organization_id, place)
);

ALTER TABLE anchor_place ENABLE ROW LEVEL SECURITY;
ALTER TABLE anchor_place FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON anchor_place USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
