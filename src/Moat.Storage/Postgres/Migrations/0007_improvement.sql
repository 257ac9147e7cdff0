-- What was learned, what was not right and why, what was done against it, what became better, and news about threats.

CREATE TABLE lesson (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    text character varying(4000) NOT NULL,
    source_ref character varying(40) NOT NULL,
    owner_id uuid,
    learned_on date NOT NULL,
    "end" character varying(40) NOT NULL,
    became_ref character varying(40),
    reason character varying(2000),
    decided_by character varying(200),
    decided_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_lesson PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_lesson_organization_id_end_number ON lesson (organization_id, "end", number);

CREATE UNIQUE INDEX ix_lesson_organization_id_number ON lesson (organization_id, number);

ALTER TABLE lesson ENABLE ROW LEVEL SECURITY;
ALTER TABLE lesson FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON lesson USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE nonconformity (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    description character varying(4000) NOT NULL,
    origin character varying(40) NOT NULL,
    grade character varying(40) NOT NULL,
    requirement character varying(300),
    owner_id uuid,
    source_ref character varying(40),
    same_when character varying(400) NOT NULL,
    raised_on date NOT NULL,
    state character varying(40) NOT NULL,
    round integer NOT NULL,
    recurrences text NOT NULL,
    correction character varying(4000),
    corrected_on date,
    corrected_by character varying(200),
    whys text NOT NULL,
    cause character varying(4000),
    looked_elsewhere character varying(2000),
    found_elsewhere character varying(2000),
    analysed_on date,
    analysed_by character varying(200),
    closed_on date,
    closed_by character varying(200),
    closing_note character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_nonconformity PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_nonconformity_organization_id_number ON nonconformity (organization_id, number);

CREATE INDEX ix_nonconformity_organization_id_same_when ON nonconformity (organization_id, same_when);

CREATE INDEX ix_nonconformity_organization_id_state_number ON nonconformity (organization_id, state, number);

ALTER TABLE nonconformity ENABLE ROW LEVEL SECURITY;
ALTER TABLE nonconformity FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON nonconformity USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE corrective_action (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    effect_seen_by character varying(1000) NOT NULL,
    nonconformity_id uuid,
    round integer NOT NULL,
    lesson_id uuid,
    owner_id uuid NOT NULL,
    due_on date NOT NULL,
    verify_from date NOT NULL,
    state character varying(40) NOT NULL,
    outcome character varying(4000),
    done_on date,
    done_by character varying(200),
    done_by_id uuid,
    verification character varying(4000),
    verified_on date,
    verified_by character varying(200),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_corrective_action PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_corrective_action_organization_id_nonconformity_id ON corrective_action (organization_id, nonconformity_id);

CREATE UNIQUE INDEX ix_corrective_action_organization_id_number ON corrective_action (organization_id, number);

CREATE INDEX ix_corrective_action_organization_id_state_number ON corrective_action (organization_id, state, number);

ALTER TABLE corrective_action ENABLE ROW LEVEL SECURITY;
ALTER TABLE corrective_action FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON corrective_action USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE improvement (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    expected_effect character varying(2000) NOT NULL,
    source_ref character varying(40),
    proposed_by character varying(200) NOT NULL,
    proposed_by_id uuid,
    proposed_on date NOT NULL,
    owner_id uuid,
    due_on date,
    state character varying(40) NOT NULL,
    outcome character varying(4000),
    done_on date,
    observed_effect character varying(4000),
    as_expected boolean,
    evaluated_by character varying(200),
    evaluated_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_improvement PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_improvement_organization_id_number ON improvement (organization_id, number);

CREATE INDEX ix_improvement_organization_id_state_number ON improvement (organization_id, state, number);

ALTER TABLE improvement ENABLE ROW LEVEL SECURITY;
ALTER TABLE improvement FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON improvement USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE threat_news (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    kind character varying(40) NOT NULL,
    origin character varying(200) NOT NULL,
    about character varying(80),
    summary character varying(4000) NOT NULL,
    threats text NOT NULL,
    received_on date NOT NULL,
    decision character varying(40) NOT NULL,
    reason character varying(2000),
    decided_by character varying(200),
    decided_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_threat_news PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_threat_news_organization_id_decision_number ON threat_news (organization_id, decision, number);

CREATE UNIQUE INDEX ix_threat_news_organization_id_number ON threat_news (organization_id, number);

ALTER TABLE threat_news ENABLE ROW LEVEL SECURITY;
ALTER TABLE threat_news FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON threat_news USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE seen_catalogue (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    catalogue character varying(40) NOT NULL,
    release character varying(80) NOT NULL,
    digests text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_seen_catalogue PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_seen_catalogue_organization_id_catalogue ON seen_catalogue (organization_id, catalogue);

ALTER TABLE seen_catalogue ENABLE ROW LEVEL SECURITY;
ALTER TABLE seen_catalogue FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON seen_catalogue USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
