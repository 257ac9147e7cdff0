-- Who is signed in where, how often passwords and codes were tried, and which code was used last.

CREATE TABLE account_session (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    began_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    browser character varying(100) NOT NULL,
    address character varying(64) NOT NULL,
    CONSTRAINT pk_account_session PRIMARY KEY (id),
    CONSTRAINT fk_account_session_users_user_id FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE
);

CREATE INDEX ix_account_session_user_id ON account_session (user_id);

CREATE TABLE account_guess (
    bucket character varying(200) NOT NULL,
    tries integer NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_account_guess PRIMARY KEY (bucket)
);

CREATE TABLE account_code (
    user_id uuid NOT NULL,
    step bigint NOT NULL,
    CONSTRAINT pk_account_code PRIMARY KEY (user_id),
    CONSTRAINT fk_account_code_users_user_id FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE
);
