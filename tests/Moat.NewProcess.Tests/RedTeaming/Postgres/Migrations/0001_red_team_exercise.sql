CREATE TABLE red_team_exercise (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(200) NOT NULL,
    found character varying(4000) NOT NULL,
    done_on date NOT NULL,
    next_on date NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_red_team_exercise PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_red_team_exercise_organization_id_number ON red_team_exercise (organization_id, number);

ALTER TABLE red_team_exercise ENABLE ROW LEVEL SECURITY;
ALTER TABLE red_team_exercise FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON red_team_exercise USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
