-- Documents, training, competence, suppliers and communication.
ALTER TABLE person ADD COLUMN manager_id uuid;
ALTER TABLE person ADD COLUMN joined_on date;

CREATE TABLE acknowledgement (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    document_id uuid NOT NULL,
    version_id uuid NOT NULL,
    what character varying(240) NOT NULL,
    person_id uuid NOT NULL,
    due_on date NOT NULL,
    sha256 character varying(64) NOT NULL,
    confirmed_at timestamp with time zone,
    replaced_at timestamp with time zone,
    reminded_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_acknowledgement PRIMARY KEY (organization_id, id)
);

CREATE TABLE communication_entry (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    what character varying(500) NOT NULL,
    "when" character varying(500) NOT NULL,
    every_days integer,
    with_whom character varying(500) NOT NULL,
    owner_id uuid,
    owner_role character varying(80) NOT NULL,
    how character varying(1000) NOT NULL,
    last_on date,
    next_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_communication_entry PRIMARY KEY (organization_id, id)
);

CREATE TABLE communication_sent (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    entry_id uuid NOT NULL,
    what character varying(2000) NOT NULL,
    to_whom character varying(500) NOT NULL,
    "on" date NOT NULL,
    by character varying(200) NOT NULL,
    address character varying(1000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_communication_sent PRIMARY KEY (organization_id, id)
);

CREATE TABLE competence_need (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    role_key character varying(80) NOT NULL,
    role_title character varying(200) NOT NULL,
    what character varying(1000) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_competence_need PRIMARY KEY (organization_id, id)
);

CREATE TABLE competence_proof (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    need_id uuid NOT NULL,
    person_id uuid NOT NULL,
    ground character varying(40) NOT NULL,
    what character varying(2000) NOT NULL,
    shown boolean NOT NULL,
    judged_by character varying(200) NOT NULL,
    judged_on date NOT NULL,
    step character varying(2000),
    step_by date,
    checked_on date,
    checked_how character varying(2000),
    closed boolean,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_competence_proof PRIMARY KEY (organization_id, id)
);

CREATE TABLE course_assignment (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    course_id character varying(80) NOT NULL,
    title character varying(200) NOT NULL,
    person_id uuid NOT NULL,
    why character varying(500) NOT NULL,
    due_on date NOT NULL,
    passed_at timestamp with time zone,
    score integer,
    valid_until date,
    ended_at timestamp with time zone,
    ended_because character varying(500),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_course_assignment PRIMARY KEY (organization_id, id)
);

CREATE TABLE document (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    title character varying(200) NOT NULL,
    kind character varying(40) NOT NULL,
    classification character varying(40) NOT NULL,
    owner_id uuid,
    review_days integer NOT NULL,
    next_review_on date,
    audience text NOT NULL,
    distribution character varying(1000),
    clauses text NOT NULL,
    controls text NOT NULL,
    address character varying(1000),
    file_sha256 character varying(64),
    file_name character varying(200),
    reviewed_on date,
    retired_at timestamp with time zone,
    retired_because character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_document PRIMARY KEY (organization_id, id)
);

CREATE TABLE document_remark (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    by character varying(200) NOT NULL,
    remark character varying(4000) NOT NULL,
    paragraph character varying(8000),
    instead character varying(8000),
    state character varying(40) NOT NULL,
    answer character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_document_remark PRIMARY KEY (organization_id, id)
);

CREATE TABLE document_review (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    person_id uuid NOT NULL,
    round integer NOT NULL,
    verdict character varying(40) NOT NULL,
    note character varying(4000),
    at timestamp with time zone,
    seen_text text,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_document_review PRIMARY KEY (organization_id, id)
);

CREATE TABLE document_version (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    document_id uuid NOT NULL,
    title character varying(200) NOT NULL,
    major integer NOT NULL,
    minor integer NOT NULL,
    source text NOT NULL,
    decisions text NOT NULL,
    text text NOT NULL,
    sha256 character varying(64) NOT NULL,
    state character varying(40) NOT NULL,
    authors text NOT NULL,
    change_reason character varying(2000) NOT NULL,
    round integer NOT NULL,
    text_at_review text,
    approved_by character varying(200),
    approved_at timestamp with time zone,
    approved_sha256 character varying(64),
    published_at timestamp with time zone,
    stamped_at timestamp with time zone,
    stamp_token text,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_document_version PRIMARY KEY (organization_id, id)
);

CREATE TABLE external_training (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    title character varying(200) NOT NULL,
    provider character varying(200) NOT NULL,
    "on" date NOT NULL,
    valid_until date,
    file_name character varying(200),
    file_sha256 character varying(64),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_external_training PRIMARY KEY (organization_id, id)
);

CREATE TABLE quiz_attempt (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    person_id uuid NOT NULL,
    title character varying(200) NOT NULL,
    questions text NOT NULL,
    answers text NOT NULL,
    finished_at timestamp with time zone,
    score integer,
    passed boolean,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_quiz_attempt PRIMARY KEY (organization_id, id)
);

CREATE TABLE supplier (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    service character varying(1000) NOT NULL,
    owner_id uuid,
    gets character varying(2000),
    data_class integer NOT NULL,
    stops_us boolean NOT NULL,
    tier character varying(40) NOT NULL,
    contract character varying(1000),
    contract_ends_on date,
    data_agreement character varying(1000),
    countries character varying(500),
    subprocessors character varying(4000),
    trains_on_our_data character varying(40) NOT NULL,
    exit_plan character varying(4000),
    assessed_on date,
    next_assessment_on date,
    judgement character varying(4000),
    ended_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_supplier PRIMARY KEY (organization_id, id)
);

CREATE TABLE supplier_certificate (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    supplier_id uuid NOT NULL,
    title character varying(200) NOT NULL,
    issuer character varying(200) NOT NULL,
    "from" date NOT NULL,
    until date NOT NULL,
    scope character varying(2000) NOT NULL,
    exceptions character varying(4000),
    file_name character varying(200),
    file_sha256 character varying(64),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_supplier_certificate PRIMARY KEY (organization_id, id)
);

CREATE TABLE supplier_questionnaire (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    supplier_id uuid NOT NULL,
    supplier_name character varying(200) NOT NULL,
    sent_to character varying(254) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    questions text NOT NULL,
    answers text NOT NULL,
    answered_by character varying(200),
    answered_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_supplier_questionnaire PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_acknowledgement_organization_id_number ON acknowledgement (organization_id, number);
CREATE INDEX ix_acknowledgement_organization_id_person_id ON acknowledgement (organization_id, person_id);
CREATE INDEX ix_acknowledgement_organization_id_version_id ON acknowledgement (organization_id, version_id);
CREATE UNIQUE INDEX ix_communication_entry_organization_id_number ON communication_entry (organization_id, number);
CREATE INDEX ix_communication_entry_organization_id_standing_number ON communication_entry (organization_id, standing, number);
CREATE INDEX ix_communication_sent_organization_id_entry_id ON communication_sent (organization_id, entry_id);
CREATE UNIQUE INDEX ix_communication_sent_organization_id_number ON communication_sent (organization_id, number);
CREATE UNIQUE INDEX ix_competence_need_organization_id_number ON competence_need (organization_id, number);
CREATE INDEX ix_competence_need_organization_id_standing_number ON competence_need (organization_id, standing, number);
CREATE INDEX ix_competence_proof_organization_id_need_id ON competence_proof (organization_id, need_id);
CREATE UNIQUE INDEX ix_competence_proof_organization_id_number ON competence_proof (organization_id, number);
CREATE INDEX ix_course_assignment_organization_id_course_id ON course_assignment (organization_id, course_id);
CREATE UNIQUE INDEX ix_course_assignment_organization_id_number ON course_assignment (organization_id, number);
CREATE INDEX ix_course_assignment_organization_id_person_id ON course_assignment (organization_id, person_id);
CREATE INDEX ix_document_organization_id_key ON document (organization_id, key);
CREATE UNIQUE INDEX ix_document_organization_id_number ON document (organization_id, number);
CREATE INDEX ix_document_organization_id_standing_number ON document (organization_id, standing, number);
CREATE UNIQUE INDEX ix_document_remark_organization_id_number ON document_remark (organization_id, number);
CREATE INDEX ix_document_remark_organization_id_version_id ON document_remark (organization_id, version_id);
CREATE UNIQUE INDEX ix_document_review_organization_id_number ON document_review (organization_id, number);
CREATE INDEX ix_document_review_organization_id_version_id ON document_review (organization_id, version_id);
CREATE INDEX ix_document_version_organization_id_document_id ON document_version (organization_id, document_id);
CREATE UNIQUE INDEX ix_document_version_organization_id_number ON document_version (organization_id, number);
CREATE INDEX ix_document_version_organization_id_state ON document_version (organization_id, state);
CREATE UNIQUE INDEX ix_external_training_organization_id_number ON external_training (organization_id, number);
CREATE INDEX ix_external_training_organization_id_person_id ON external_training (organization_id, person_id);
CREATE INDEX ix_quiz_attempt_organization_id_assignment_id ON quiz_attempt (organization_id, assignment_id);
CREATE UNIQUE INDEX ix_quiz_attempt_organization_id_number ON quiz_attempt (organization_id, number);
CREATE UNIQUE INDEX ix_supplier_organization_id_number ON supplier (organization_id, number);
CREATE INDEX ix_supplier_organization_id_standing_number ON supplier (organization_id, standing, number);
CREATE UNIQUE INDEX ix_supplier_certificate_organization_id_number ON supplier_certificate (organization_id, number);
CREATE INDEX ix_supplier_certificate_organization_id_supplier_id ON supplier_certificate (organization_id, supplier_id);
CREATE UNIQUE INDEX ix_supplier_questionnaire_organization_id_number ON supplier_questionnaire (organization_id, number);
CREATE UNIQUE INDEX ix_supplier_questionnaire_organization_id_secret_hash ON supplier_questionnaire (organization_id, secret_hash);
CREATE INDEX ix_supplier_questionnaire_organization_id_supplier_id ON supplier_questionnaire (organization_id, supplier_id);

-- The words of documents; a draft that nobody filled yet is found by its text with fields.
CREATE FUNCTION document_words(title text, body text, source text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT title || ' ' || CASE body WHEN '' THEN source ELSE body END $$;

CREATE INDEX ix_document_version_words ON document_version USING gin (to_tsvector('simple', document_words(title, text, source)));

ALTER TABLE document ENABLE ROW LEVEL SECURITY;
ALTER TABLE document FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON document USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE document_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON document_version USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE document_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_review FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON document_review USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE document_remark ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_remark FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON document_remark USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE acknowledgement ENABLE ROW LEVEL SECURITY;
ALTER TABLE acknowledgement FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON acknowledgement USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE course_assignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_assignment FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON course_assignment USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE quiz_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE quiz_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON quiz_attempt USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE external_training ENABLE ROW LEVEL SECURITY;
ALTER TABLE external_training FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON external_training USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE competence_need ENABLE ROW LEVEL SECURITY;
ALTER TABLE competence_need FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON competence_need USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE competence_proof ENABLE ROW LEVEL SECURITY;
ALTER TABLE competence_proof FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON competence_proof USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE supplier ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supplier USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE supplier_certificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier_certificate FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supplier_certificate USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE supplier_questionnaire ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier_questionnaire FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supplier_questionnaire USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE communication_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON communication_entry USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE communication_sent ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication_sent FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON communication_sent USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
