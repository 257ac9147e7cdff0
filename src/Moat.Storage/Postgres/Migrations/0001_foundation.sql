CREATE TABLE api_token (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    role character varying(40) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_api_token PRIMARY KEY (organization_id, id)
);


CREATE TABLE asset (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(40) NOT NULL,
    description character varying(4000),
    location character varying(1000),
    owner_id uuid,
    crown_jewel boolean NOT NULL,
    in_scope boolean NOT NULL,
    external_id character varying(500),
    confidentiality integer NOT NULL,
    integrity integer NOT NULL,
    availability integer NOT NULL,
    needs_confidentiality integer NOT NULL,
    needs_integrity integer NOT NULL,
    needs_availability integer NOT NULL,
    need integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_asset PRIMARY KEY (organization_id, id)
);


CREATE TABLE bill_of_materials (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    file_name character varying(200) NOT NULL,
    format character varying(40) NOT NULL,
    serial character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    summary character varying(1000) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_bill_of_materials PRIMARY KEY (organization_id, id)
);


CREATE TABLE commitment (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    statement character varying(4000) NOT NULL,
    path character varying(40) NOT NULL,
    budget_eur integer NOT NULL,
    days integer NOT NULL,
    given_by character varying(200) NOT NULL,
    given_on date NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_commitment PRIMARY KEY (organization_id, id)
);


CREATE TABLE company_profile (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    answers character varying(100000) NOT NULL,
    facts text NOT NULL,
    completed_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_company_profile PRIMARY KEY (organization_id, id)
);


CREATE TABLE context_issue (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(200) NOT NULL,
    side character varying(40) NOT NULL,
    effect character varying(2000) NOT NULL,
    is_climate boolean NOT NULL,
    relevant boolean,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_context_issue PRIMARY KEY (organization_id, id)
);


CREATE TABLE control (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    code character varying(40) NOT NULL,
    title character varying(200) NOT NULL,
    "order" integer NOT NULL,
    applicability character varying(40) NOT NULL,
    reason_kinds character varying(200) NOT NULL,
    justification character varying(4000),
    implementation character varying(40) NOT NULL,
    how_done character varying(8000),
    owner_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_control PRIMARY KEY (organization_id, id)
);


CREATE TABLE evidence_item (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    kind character varying(40) NOT NULL,
    text character varying(8000),
    file_name character varying(200),
    content_type character varying(100),
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    valid_until date NOT NULL,
    collected_by character varying(200) NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_because character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_evidence_item PRIMARY KEY (organization_id, id)
);


CREATE TABLE interested_party (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    needs character varying(2000) NOT NULL,
    answer character varying(2000) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_interested_party PRIMARY KEY (organization_id, id)
);


CREATE TABLE invitation (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(200) NOT NULL,
    role character varying(40) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_invitation PRIMARY KEY (organization_id, id)
);


CREATE TABLE journal_entry (
    organization_id uuid NOT NULL,
    sequence bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    actor character varying(200) NOT NULL,
    door character varying(20) NOT NULL,
    operation character varying(100) NOT NULL,
    reason character varying(4000),
    subjects character varying(1000) NOT NULL,
    changes text NOT NULL,
    changes_hash character varying(64) NOT NULL,
    leaf bytea NOT NULL,
    CONSTRAINT pk_journal_entry PRIMARY KEY (organization_id, sequence)
);


CREATE TABLE journal_head (
    organization_id uuid NOT NULL,
    size bigint NOT NULL,
    edge text NOT NULL,
    checkpoint text NOT NULL,
    verifier_key text NOT NULL,
    CONSTRAINT pk_journal_head PRIMARY KEY (organization_id)
);


CREATE TABLE link (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    type character varying(40) NOT NULL,
    from_kind character varying(12) NOT NULL,
    from_id uuid NOT NULL,
    to_kind character varying(12) NOT NULL,
    to_id uuid NOT NULL,
    source character varying(400),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_link PRIMARY KEY (organization_id, id)
);


CREATE TABLE membership (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    email character varying(254) NOT NULL,
    person_id uuid NOT NULL,
    role character varying(40) NOT NULL,
    until date,
    revoked_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_membership PRIMARY KEY (organization_id, id)
);


CREATE TABLE objective (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    metric character varying(1000) NOT NULL,
    unit character varying(40) NOT NULL,
    target numeric(18,4) NOT NULL,
    comparator character varying(40) NOT NULL,
    period character varying(20) NOT NULL,
    measured_by character varying(1000) NOT NULL,
    plan character varying(4000) NOT NULL,
    owner_id uuid,
    due_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_objective PRIMARY KEY (organization_id, id)
);


CREATE TABLE obligation (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(40) NOT NULL,
    asks character varying(2000) NOT NULL,
    controls character varying(2000) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_obligation PRIMARY KEY (organization_id, id)
);


CREATE TABLE organization (
    id uuid NOT NULL,
    slug character varying(60) NOT NULL,
    name character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_organization PRIMARY KEY (id)
);


CREATE TABLE person (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    email character varying(254) NOT NULL,
    department character varying(100),
    job_title character varying(200),
    left_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (organization_id, id)
);


CREATE TABLE pulse_point (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    "on" date NOT NULL,
    documented integer NOT NULL,
    operating integer NOT NULL,
    improving integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_pulse_point PRIMARY KEY (organization_id, id)
);


CREATE TABLE reference_counter (
    organization_id uuid NOT NULL,
    prefix character varying(12) NOT NULL,
    last integer NOT NULL,
    CONSTRAINT pk_reference_counter PRIMARY KEY (organization_id, prefix)
);


CREATE TABLE risk (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(200) NOT NULL,
    threat_id character varying(80),
    cause character varying(2000) NOT NULL,
    consequence character varying(2000) NOT NULL,
    harms character varying(200) NOT NULL,
    owner_id uuid,
    inherent_likelihood integer NOT NULL,
    inherent_impact integer NOT NULL,
    current_likelihood integer NOT NULL,
    current_impact integer NOT NULL,
    residual_likelihood integer NOT NULL,
    residual_impact integer NOT NULL,
    inherent_score integer NOT NULL,
    current_score integer NOT NULL,
    residual_score integer NOT NULL,
    rationale character varying(4000),
    assessed_at timestamp with time zone,
    treatment character varying(40) NOT NULL,
    treatment_plan character varying(4000),
    accepted_until date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_risk PRIMARY KEY (organization_id, id)
);


CREATE TABLE risk_acceptance (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    risk_id uuid NOT NULL,
    accepted_by character varying(200) NOT NULL,
    reason character varying(4000) NOT NULL,
    until date NOT NULL,
    frozen_state text NOT NULL,
    withdrawn_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_risk_acceptance PRIMARY KEY (organization_id, id)
);


CREATE TABLE risk_method (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    criteria character varying(8000) NOT NULL,
    likelihood_scale character varying(4000) NOT NULL,
    impact_scale character varying(4000) NOT NULL,
    appetite integer NOT NULL,
    high integer NOT NULL,
    state character varying(40) NOT NULL,
    approved_by character varying(200),
    approved_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_risk_method PRIMARY KEY (organization_id, id)
);


CREATE TABLE role_assignment (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    key character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    duties character varying(4000) NOT NULL,
    person_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_role_assignment PRIMARY KEY (organization_id, id)
);


CREATE TABLE scope (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    statement character varying(2000) NOT NULL,
    boundaries character varying(8000) NOT NULL,
    exclusions character varying(8000) NOT NULL,
    state character varying(40) NOT NULL,
    approved_by character varying(200),
    approved_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_scope PRIMARY KEY (organization_id, id)
);


CREATE TABLE soa (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    rows text NOT NULL,
    sha256 character varying(64) NOT NULL,
    applicable integer NOT NULL,
    excluded integer NOT NULL,
    approved_by character varying(200) NOT NULL,
    sole_author boolean NOT NULL,
    change_note character varying(4000) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_soa PRIMARY KEY (organization_id, id)
);


CREATE TABLE work_item (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    why character varying(1000) NOT NULL,
    purpose character varying(40) NOT NULL,
    subject_ref character varying(40) NOT NULL,
    subject_id uuid NOT NULL,
    owner_id uuid,
    due_on date NOT NULL,
    state character varying(40) NOT NULL,
    closed_at timestamp with time zone,
    outcome character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_work_item PRIMARY KEY (organization_id, id)
);


CREATE UNIQUE INDEX ix_api_token_organization_id_number ON api_token (organization_id, number);


CREATE UNIQUE INDEX ix_api_token_organization_id_secret_hash ON api_token (organization_id, secret_hash);


CREATE INDEX ix_asset_organization_id_external_id ON asset (organization_id, external_id);


CREATE INDEX ix_asset_organization_id_need_number ON asset (organization_id, need, number);


CREATE UNIQUE INDEX ix_asset_organization_id_number ON asset (organization_id, number);


CREATE INDEX ix_asset_organization_id_standing_number ON asset (organization_id, standing, number);


CREATE UNIQUE INDEX ix_bill_of_materials_organization_id_number ON bill_of_materials (organization_id, number);


CREATE UNIQUE INDEX ix_commitment_organization_id_number ON commitment (organization_id, number);


CREATE UNIQUE INDEX ix_company_profile_organization_id_number ON company_profile (organization_id, number);


CREATE UNIQUE INDEX ix_context_issue_organization_id_number ON context_issue (organization_id, number);


CREATE INDEX ix_context_issue_organization_id_standing_number ON context_issue (organization_id, standing, number);


CREATE UNIQUE INDEX ix_control_organization_id_code ON control (organization_id, code);


CREATE UNIQUE INDEX ix_control_organization_id_number ON control (organization_id, number);


CREATE INDEX ix_control_organization_id_order_number ON control (organization_id, "order", number);


CREATE INDEX ix_control_organization_id_standing_number ON control (organization_id, standing, number);


CREATE UNIQUE INDEX ix_evidence_item_organization_id_number ON evidence_item (organization_id, number);


CREATE INDEX ix_evidence_item_organization_id_sha256 ON evidence_item (organization_id, sha256);


CREATE UNIQUE INDEX ix_interested_party_organization_id_number ON interested_party (organization_id, number);


CREATE INDEX ix_interested_party_organization_id_standing_number ON interested_party (organization_id, standing, number);


CREATE UNIQUE INDEX ix_invitation_organization_id_number ON invitation (organization_id, number);


CREATE UNIQUE INDEX ix_invitation_organization_id_secret_hash ON invitation (organization_id, secret_hash);


CREATE UNIQUE INDEX ix_link_organization_id_from_id_type_to_id ON link (organization_id, from_id, type, to_id);


CREATE INDEX ix_link_organization_id_to_id_type ON link (organization_id, to_id, type);


CREATE UNIQUE INDEX ix_membership_organization_id_number ON membership (organization_id, number);


CREATE UNIQUE INDEX ix_membership_organization_id_user_id ON membership (organization_id, user_id);


CREATE INDEX ix_membership_user_id ON membership (user_id);


CREATE UNIQUE INDEX ix_objective_organization_id_number ON objective (organization_id, number);


CREATE INDEX ix_objective_organization_id_standing_number ON objective (organization_id, standing, number);


CREATE UNIQUE INDEX ix_obligation_organization_id_number ON obligation (organization_id, number);


CREATE INDEX ix_obligation_organization_id_standing_number ON obligation (organization_id, standing, number);


CREATE UNIQUE INDEX ix_organization_slug ON organization (slug);


CREATE UNIQUE INDEX ix_person_organization_id_email ON person (organization_id, email);


CREATE UNIQUE INDEX ix_person_organization_id_number ON person (organization_id, number);


CREATE UNIQUE INDEX ix_pulse_point_organization_id_number ON pulse_point (organization_id, number);


CREATE INDEX ix_pulse_point_organization_id_on ON pulse_point (organization_id, "on");


CREATE INDEX ix_risk_organization_id_current_score_number ON risk (organization_id, current_score, number);


CREATE INDEX ix_risk_organization_id_inherent_score_number ON risk (organization_id, inherent_score, number);


CREATE UNIQUE INDEX ix_risk_organization_id_number ON risk (organization_id, number);


CREATE INDEX ix_risk_organization_id_owner_id_number ON risk (organization_id, owner_id, number);


CREATE INDEX ix_risk_organization_id_standing_number ON risk (organization_id, standing, number);


CREATE UNIQUE INDEX ix_risk_acceptance_organization_id_number ON risk_acceptance (organization_id, number);


CREATE INDEX ix_risk_acceptance_organization_id_risk_id ON risk_acceptance (organization_id, risk_id);


CREATE UNIQUE INDEX ix_risk_method_organization_id_number ON risk_method (organization_id, number);


CREATE UNIQUE INDEX ix_role_assignment_organization_id_number ON role_assignment (organization_id, number);


CREATE INDEX ix_role_assignment_organization_id_standing_number ON role_assignment (organization_id, standing, number);


CREATE UNIQUE INDEX ix_scope_organization_id_number ON scope (organization_id, number);


CREATE INDEX ix_scope_organization_id_standing_number ON scope (organization_id, standing, number);


CREATE UNIQUE INDEX ix_soa_organization_id_number ON soa (organization_id, number);


CREATE UNIQUE INDEX ix_work_item_organization_id_number ON work_item (organization_id, number);


CREATE INDEX ix_work_item_organization_id_state_owner_id_due_on ON work_item (organization_id, state, owner_id, due_on);


CREATE INDEX ix_work_item_organization_id_subject_id ON work_item (organization_id, subject_id);



CREATE TABLE account (
    id uuid NOT NULL,
    display_name character varying(200) NOT NULL,
    user_name character varying(256),
    normalized_user_name character varying(256),
    email character varying(256),
    normalized_email character varying(256),
    email_confirmed boolean NOT NULL,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    phone_number text,
    phone_number_confirmed boolean NOT NULL,
    two_factor_enabled boolean NOT NULL,
    lockout_end timestamp with time zone,
    lockout_enabled boolean NOT NULL,
    access_failed_count integer NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id)
);


CREATE TABLE account_claim (
    id integer GENERATED BY DEFAULT AS IDENTITY,
    user_id uuid NOT NULL,
    claim_type text,
    claim_value text,
    CONSTRAINT pk_account_claim PRIMARY KEY (id),
    CONSTRAINT fk_account_claim_account_user_id FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE
);


CREATE TABLE account_login (
    login_provider text NOT NULL,
    provider_key text NOT NULL,
    provider_display_name text,
    user_id uuid NOT NULL,
    CONSTRAINT pk_account_login PRIMARY KEY (login_provider, provider_key),
    CONSTRAINT fk_account_login_account_user_id FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE
);


CREATE TABLE account_token (
    user_id uuid NOT NULL,
    login_provider text NOT NULL,
    name text NOT NULL,
    value text,
    CONSTRAINT pk_account_token PRIMARY KEY (user_id, login_provider, name),
    CONSTRAINT fk_account_token_account_user_id FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE
);


CREATE INDEX "EmailIndex" ON account (normalized_email);


CREATE UNIQUE INDEX "UserNameIndex" ON account (normalized_user_name);


CREATE INDEX ix_account_claim_user_id ON account_claim (user_id);


CREATE INDEX ix_account_login_user_id ON account_login (user_id);




-- The journal is append-only, whatever program connects.
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;

CREATE TRIGGER journal_entry_no_change BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();

CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();


-- The second wall between tenants. Each transaction says for which organisation it works; '*' is for backup and restore.
-- 'organization' and 'membership' stay readable without one, because a sign-in must find out where an account belongs.
DO $$
DECLARE
    tenant_table text;
BEGIN
    FOR tenant_table IN
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'organization_id' AND table_name <> 'membership'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            -- As subqueries the settings are read once a statement and the planner still sees a comparison with an indexed column.
            'CREATE POLICY tenant ON %I USING (organization_id = (SELECT nullif(nullif(current_setting(''moat.organization'', true), ''*''), '''')::uuid)'
            ' OR (SELECT current_setting(''moat.organization'', true) = ''*''))',
            tenant_table);
    END LOOP;
END $$;
