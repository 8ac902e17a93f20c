// Made from openapi.json by `npm run api`. Not edited by hand.

export interface paths {
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What anybody has for a time
         * @description Accesses that requests and emergencies gave, and rules made for one person. Ids, never a customer's value.
         */
        get: operations["list_grants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End what a request gave, at once */
        delete: operations["revoke_grant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/rights-use/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a user may do, and when they last did it */
        get: operations["rights_use"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/what-can": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What can a user do */
        post: operations["what_can"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/who-can": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who can do this */
        post: operations["who_can"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Why can, or cannot, a user do this */
        post: operations["why"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit policy */
        get: operations["read_audit_policy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit-policy/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an audit policy would have changed */
        post: operations["preview_audit_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit-policy/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose a change of the audit policy
         * @description It holds nothing until somebody else has consented, and lapses after seven days.
         */
        post: operations["propose_audit_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit-policy/proposals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take back one's own proposal */
        delete: operations["withdraw_audit_policy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit-policy/proposals/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Consent to a proposal, or refuse it
         * @description By a person who neither proposed it nor stands in for who did. With a consent it holds for the next request.
         */
        post: operations["decide_audit_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/automations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules of automation */
        get: operations["read_automations"];
        /**
         * Set the rules of automation
         * @description The whole list. A rule acts in the unit of the act that sets it off, whatever the rights of who acts; it shows nobody anything.
         */
        put: operations["change_automations"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/automations/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What rules did lately
         * @description Newest first, at most 200; kept for thirty days. Names and ids, nothing of any record.
         */
        get: operations["list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/automations/runs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell a system once more
         * @description Of a run that is `dead`: its message is tried anew from the beginning.
         */
        post: operations["retry_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last copies of the instance */
        get: operations["read_backups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/backups/drill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a copy was restored for a trial */
        post: operations["confirm_drill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The department tree */
        get: operations["list_departments"];
        put?: never;
        /** Make a department */
        post: operations["create_department"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/departments/{id}/name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Rename a department */
        put: operations["rename_department"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/departments/{id}/parent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Move a department */
        put: operations["move_department"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a customer
         * @description Cannot be undone. Refused while a legal hold or a retention duty stands. The ledger still verifies afterwards.
         */
        post: operations["erase_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/export-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules of exports */
        get: operations["read_export_rules"];
        /**
         * Change the rules of exports
         * @description They hold for what is asked for from then on; how often a file may be taken, at once.
         */
        put: operations["change_export_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/file-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules of files */
        get: operations["read_file_rules"];
        /**
         * Change the rules of files
         * @description They hold for files that are added from then on; what is there stays.
         */
        put: operations["change_file_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Flows of approval */
        get: operations["read_flows"];
        /**
         * Set the flows of approval
         * @description The whole list. A request keeps the steps it began with.
         */
        put: operations["change_flows"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/flows/who-decides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who would decide, if somebody asked */
        post: operations["preview_flow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Legal holds */
        get: operations["list_holds"];
        put?: never;
        /** Place a legal hold */
        post: operations["place_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/holds/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Release a legal hold */
        post: operations["release_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys and their age */
        get: operations["read_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/objects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Object types */
        get: operations["list_objects"];
        put?: never;
        /** Make an object type */
        post: operations["define_object"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/objects/{object}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an object type */
        patch: operations["change_object"];
        trace?: never;
    };
    "/api/v1/admin/objects/{object}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a field */
        post: operations["add_field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/objects/{object}/fields/{field}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a field */
        patch: operations["change_field"];
        trace?: never;
    };
    "/api/v1/admin/objects/{object}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a version of an object type back
         * @description A new version is made of it. Fields and options that came since stay: records may hold their values.
         */
        post: operations["restore_object"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/objects/{object}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of an object type, newest first */
        get: operations["object_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/objects/{object}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An object type as a version had it */
        get: operations["object_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policy in force */
        get: operations["get_policy"];
        put?: never;
        /**
         * Put a policy in force
         * @description 409 if another version came first.
         */
        post: operations["publish_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policy/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would publishing this change */
        post: operations["check_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policy/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who would gain and who would lose what
         * @description Told by the compiled policies, with everything granted that a caller can do something about; nothing is stored.
         */
        post: operations["preview_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policy/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an earlier policy in force again */
        post: operations["roll_back_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policy/temporary-grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let one person do something for a while
         * @description At its end it is gone, with no job needed.
         */
        post: operations["grant_temporarily"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policy/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of the policy, newest first */
        get: operations["list_policies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policy/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of the policy */
        get: operations["get_policy_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public pools */
        get: operations["read_pools"];
        /**
         * Set the public pools
         * @description The whole list. Records of a pool that is left out wait in the object's first.
         */
        put: operations["change_pools"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/pools/recycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Return what is due to its pool at once
         * @description The server does so by itself every hour. Each return is an event of its own, in the name of the account `recycler`.
         */
        post: operations["run_recycling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long things are kept */
        get: operations["read_retention"];
        /** Change how long things are kept */
        put: operations["change_retention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/retention/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drop what is no longer kept
         * @description Destroys the keys of the days that are over: what was recorded on them cannot be read from then on. The rows are cleared
         *     away afterwards, in the background. Hashes of the ledger are never dropped.
         */
        post: operations["apply_retention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reveal-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules of reveals */
        get: operations["read_reveal_rules"];
        /**
         * Change the rules of reveals
         * @description They hold at once, and count what was revealed before.
         */
        put: operations["change_reveal_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles */
        get: operations["list_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/roles/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or change a role */
        put: operations["define_role"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/roles/{role}/layout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a role has before it
         * @description Object types, fields with the best level, operations and duties of somebody with this role alone; no data.
         */
        post: operations["preview_layout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Company settings */
        get: operations["read_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change company settings */
        patch: operations["change_settings"];
        trace?: never;
    };
    "/api/v1/admin/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke anyone's token */
        delete: operations["revoke_user_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts */
        get: operations["list_users"];
        put?: never;
        /**
         * Make an account
         * @description Roles are given afterwards, by another duty; a password by a reset.
         */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an account */
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/v1/admin/users/{id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody has, in numbers, and their handovers */
        get: operations["show_estate"];
        put?: never;
        /**
         * Hand over everything somebody has
         * @description Their account is disabled, their sessions and tokens end, and those who reported to them have another manager at once. The
         *     records follow in units, each recorded; ask with GET how far it is.
         */
        post: operations["begin_handover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/look-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody did with records in their last days, in numbers */
        get: operations["look_back"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give someone a new first password
         * @description Their sessions and tokens end.
         */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/roles/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give someone a role */
        put: operations["assign_role"];
        post?: never;
        /** Take a role away */
        delete: operations["take_role"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions of someone */
        get: operations["list_user_sessions"];
        put?: never;
        post?: never;
        /** End all sessions of someone */
        delete: operations["revoke_user_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session of someone */
        delete: operations["revoke_user_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Disable an account, or make it active again
         * @description Its sessions and tokens end at once.
         */
        put: operations["set_user_status"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens of someone */
        get: operations["list_user_tokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take away the second factor of someone who lost it */
        delete: operations["reset_totp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Systems outside that are told */
        get: operations["read_hooks"];
        /**
         * Set the systems outside that are told
         * @description The whole list. Messages are signed as Standard Webhooks has it; the secrets that are made are in the answer, and never again.
         */
        put: operations["change_hooks"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count events */
        get: operations["count_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The access log */
        get: operations["list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event, with its proof */
        get: operations["show_event"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take evidence
         * @description The answer is the file `whosaw-verify evidence` checks. `X-Evidence-Altered` tells in how many of its events the database is
         *     not as it was recorded: their leaves and proofs are in the file, the altered parts are not.
         */
        post: operations["take_evidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody's exports */
        get: operations["audit_exports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/exports/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which export a file came from
         * @description By what it names, and by how the letters of its ids are written.
         */
        post: operations["trace_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The access log, live
         * @description Server-sent events in the order of the ledger: `start`, `event` with an event as the list has it, `end` with the reason
         *     (`session_ended`, `not_permitted`, `too_slow`, `time_over`, `stopping`, `unavailable`). `id` is the event's index; sent back as
         *     `Last-Event-ID`, nothing is missed and nothing comes twice. Watching is recorded when it begins, and again every ten
         *     minutes or thousand events.
         */
        get: operations["watch_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who saw a customer or record
         * @description Who, when, from where, by which means, which fields, doing what, and which rule allowed it. An id that never was gets an
         *     empty answer.
         */
        get: operations["who_saw"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that one has looked through the log */
        post: operations["confirm_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a user did */
        get: operations["user_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names and departments of active people */
        get: operations["list_colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own exports */
        get: operations["list_exports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an export, or destroy its file
         * @description One under way stops before its next chunk.
         */
        post: operations["cancel_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take the file of an own export
         * @description By who asked for it alone, while they may still export what is in it, and only so often. 410 once it has expired.
         */
        get: operations["download_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an own export is */
        get: operations["export_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin an export that was approved
         * @description With the rights of now, by who asked for it.
         */
        post: operations["start_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own jobs
         * @description Those of the last thirty days, at most a hundred.
         */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an own job is */
        get: operations["job_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a job back
         * @description It stops before its next step; what it found until then stays.
         */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own account */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/deputy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own deputy */
        get: operations["show_deputy"];
        /**
         * Name a deputy, or take the one there is away
         * @description Whoever stands in decides by name, with their own rights, and never about their own request.
         */
        put: operations["set_deputy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What one has for a time
         * @description Soonest to end first.
         */
        get: operations["list_own_grants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's imports of the last 30 days
         * @description As the log tells them, newest first; dry runs are none.
         */
        get: operations["list_imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of an import in the background
         * @description Numbers, and what was wrong with which row of the file; never a value.
         */
        get: operations["show_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which kinds of notices one has off */
        get: operations["show_notice_settings"];
        /** Set which kinds of notices one has off */
        put: operations["set_notice_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change one's own password
         * @description All other sessions end.
         */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public pools, and what is left of their limits */
        get: operations["show_pools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/reveals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many reveals are left */
        get: operations["count_reveals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up a second factor
         * @description It counts for nothing until a code confirms it.
         */
        post: operations["enrol_totp"];
        /** Give up the second factor, with a last code */
        delete: operations["disable_totp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the second factor with its first code
         * @description The session goes on under a new cookie; all others end.
         */
        post: operations["confirm_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is open to the caller
         * @description Object types, fields, operations and duties, as far as the caller can ever use them; each use is decided anew.
         */
        get: operations["workspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own notices
         * @description Those not read first, then the newest first. They are kept for 90 days.
         */
        get: operations["list_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark one of one's notices read */
        post: operations["read_notice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much waits for the caller: notices, and requests */
        get: operations["count_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark all of one's notices read
         * @description At most the newest thousand at once.
         */
        post: operations["read_notices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of records
         * @description Filtered, searched, sorted. Only records and fields the caller may see take part in filter, search and order.
         */
        get: operations["list_records"];
        put?: never;
        /**
         * Make a record
         * @description With an `Idempotency-Key`, the same request sent again within 24 hours gives the same answer and makes nothing.
         */
        post: operations["create_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One record
         * @description One that does not exist and one the caller may not see are answered alike, byte for byte.
         */
        get: operations["view_record"];
        put?: never;
        post?: never;
        /**
         * Delete a record
         * @description A record under legal hold, or one that others belong to, stays: 412 as well, for its holder need not be known.
         */
        delete: operations["delete_record"];
        options?: never;
        head?: never;
        /** Change fields of a record */
        patch: operations["edit_record"];
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a record's approval stands
         * @description With everything that was decided about it, and who decides now.
         */
        get: operations["look_at_approval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The files of a record
         * @description Part of viewing the record: names are told to who may take the files.
         */
        get: operations["list_attachments"];
        put?: never;
        /**
         * Give a record a file
         * @description The body is the file itself; its name stands in `X-File-Name`. What it is, is read from its content. A file larger than may be is
         *     answered at once where its length is said.
         */
        post: operations["add_attachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/attachments/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take a file of a record
         * @description Recorded before its first byte leaves, each time. Always for saving, never for drawing.
         */
        get: operations["take_attachment"];
        put?: never;
        post?: never;
        /**
         * Take a file away from a record
         * @description For good: by who added it, or who may edit the record. Not while a legal hold stands on the customer.
         */
        delete: operations["remove_attachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/break-glass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a record in an emergency
         * @description For reading, for at most four hours. The security administrators are told at once; until one of them has reviewed it, the same
         *     person opens nothing else this way.
         */
        post: operations["break_glass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim a record from its pool
         * @description Within the pool's rules; a refusal's code names the one that stands against it. What waits with the record comes along.
         */
        post: operations["claim_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said about a record
         * @description Newest first. It is recorded as a view that shows the field `comments`.
         */
        get: operations["list_comments"];
        put?: never;
        /**
         * Say something about a record
         * @description Whoever is mentioned is told, and so is the record's owner.
         */
        post: operations["add_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/comments/{comment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one's own words, within 15 minutes */
        put: operations["edit_comment"];
        post?: never;
        /** Take one's own comment away, within 15 minutes */
        delete: operations["delete_comment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/comments/{comment}/strike": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Strike one's own comment through
         * @description It stays to be read, with when it was struck.
         */
        post: operations["strike_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/convert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Convert a record
         * @description For object types with such a process. Needs the right to edit the record and to make each of the others; all of them come
         *     into being together, or none. A possible duplicate is answered with 409 `possible_duplicate` before anything is made.
         */
        post: operations["convert_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discard a record
         * @description For object types with such a process. Needs the right to edit the record.
         */
        post: operations["discard_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/looks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who looked at a record
         * @description Accesses to this very record, newest first, refused ones too. What auditors and legal duties asked is not among them.
         */
        get: operations["who_looked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/print": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Print a record
         * @description Shows nothing that viewing does not; the event names the fields that stand on the paper, in the clear and masked. Asked before the
         *     browser's print dialog opens.
         */
        post: operations["print_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/readers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who reads what one says about a record
         * @description Those who may be mentioned, at most 50 by name: people who may see the record and what is personal in it at this moment.
         */
        get: operations["list_readers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show masked fields in the clear
         * @description Needs the right to reveal and a purpose; both are recorded with the fields.
         */
        post: operations["reveal_fields"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who takes part in a record */
        get: operations["list_shares"];
        put?: never;
        /**
         * Share a record, or let somebody take part in it
         * @description Nobody gives more than they have.
         */
        post: operations["share_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/shares/{share}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a share at once */
        delete: operations["end_share"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a record for approval
         * @description For object types with such a process. Needs the right to edit the record. While it waits, what is approved stands still.
         */
        post: operations["submit_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said about a record, done about it and changed in it
         * @description Newest first. Each part comes by its own right and is recorded as what it is: comments as a view, activities as lists of theirs.
         */
        get: operations["read_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a record to another owner
         * @description Shares its former owner gave end with it.
         */
        post: operations["transfer_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Records counted and summed by groups
         * @description Over the records that the caller may list and whose every field in use they may read. At most 1000 groups.
         */
        post: operations["aggregate_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do something to all records that a question finds, in the background
         * @description Begins a job that goes through them as the caller, with their rights of each moment: each record is decided, changed and recorded
         *     by itself. At most 100,000 records; records that are made meanwhile are left alone.
         */
        post: operations["begin_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/bulk/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of an act on many records
         * @description How many, and of those that were refused why. Ids of records that the caller may list now, and recorded with each of them.
         */
        get: operations["bulk_outcome"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many records a list has */
        get: operations["count_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Records that may be the same as one about to be made or changed
         * @description Compared are the name, phone, e-mail and what else belongs to one record alone, whatever the spelling. Only for who may make
         *     such a record, or change the one that is named, and at most 120 times an hour.
         */
        post: operations["check_duplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/duplicates/apart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that two records are not the same
         * @description Scans do not tell of the two any more, to nobody. Needs the right to merge both.
         */
        post: operations["keep_apart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/duplicates/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look for duplicates in the background
         * @description Begins a job that reads every record of the type that the caller may list. Only for who may make such records;
         *     at most two jobs at once, and twenty a day.
         */
        post: operations["scan_duplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/duplicates/scans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a scan for duplicates found
         * @description Of records that the caller may list now; what somebody said is not the same is left out. Recorded with every record it tells of.
         */
        get: operations["job_groups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export records to a file
         * @description Needs a purpose. At most as many rows as the caller's roles allow; a file that was cut at that limit says so in its last
         *     rows. The last row names who took the file, when, and the export. What needs an approval is refused: ask for a file.
         */
        post: operations["export_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a file of records
         * @description Needs a purpose. The file is made in the background; ask for its progress, then take it. It lies encrypted, expires, and can be
         *     taken by who asked for it alone. If the rules of the company ask for it, it waits for an approval first (`waiting`).
         */
        post: operations["ask_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The forecast of a pipeline
         * @description Sums over the records that the caller may list and whose stage, amount and closing date they may read.
         */
        get: operations["forecast_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import rows
         * @description A row whose record already holds the same values changes nothing. Wrong rows are told with their reasons; the others
         *     go on.
         */
        post: operations["import_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/import/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import rows in the background
         * @description Begins a job that takes the rows in as the caller, with their rights of each moment, in chunks of 500. The rows are kept sealed until it has
         *     ended. The job's id is the import's: it is undone by it. Try the rows with `dry_run` before.
         */
        post: operations["begin_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/import/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the caller mapped files before
         * @description Newest first. Names of columns and fields, no cell of any file.
         */
        get: operations["list_mappings"];
        /**
         * Keep how a file was mapped
         * @description For the next file of the same columns; one of the same columns is replaced.
         */
        put: operations["keep_mapping"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/import/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a chunk of an import
         * @description Takes away what the caller's import of the last 7 days made and nobody has touched since, 500 records at a time. Needs the
         *     right to import. What the import changed of records that were there before stays changed.
         */
        post: operations["undo_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Records by their ids
         * @description One that does not exist and one the caller may not see are both left out.
         */
        post: operations["lookup_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge records into one of them
         * @description In one act: fields as chosen, everything that hangs on the others goes to the one that stays, and the ids of the others lead
         *     to it from then on (410 `merged`). It cannot be undone. Needs the right to merge each of them.
         */
        post: operations["merge_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/merge/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a merge of records would do
         * @description A look at each of them. Needs the right to merge each.
         */
        post: operations["compare_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/returning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own records that go back to a pool soon
         * @description Within the days of reminding of each pool's rule, soonest first.
         */
        get: operations["list_returning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Saved views
         * @description The caller's own, and those that people above them share with a role of theirs. A view gives no right: what it names of
         *     fields that the caller does not see is left out.
         */
        get: operations["list_views"];
        put?: never;
        /** Save a view */
        post: operations["create_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a view of one's own */
        put: operations["save_view"];
        post?: never;
        /** Delete a view of one's own */
        delete: operations["delete_view"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{object}/views/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Choose what a list opens with */
        put: operations["prefer_view"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own requests
         * @description Newest first, at most 200.
         */
        get: operations["list_requests"];
        put?: never;
        /**
         * Ask for access to a record
         * @description The answer is the same whether there is such a record or not. Who answers for it is asked; their consent is a share that ends by
         *     itself.
         */
        post: operations["ask_access"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide about a request
         * @description What the last consent lets happen, happens at once and with the rights of who consents: a share never gives more than its giver
         *     has.
         */
        post: operations["decide_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what one has asked for */
        post: operations["withdraw_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for the caller's word
         * @description Oldest first. Requests about a record are there only for those who may do to it what a consent takes.
         */
        get: operations["list_inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/inbox/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much waits for the caller's word */
        get: operations["count_inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description The session's secret comes as an HttpOnly cookie and nowhere else. The session that the browser came with ends.
         */
        post: operations["sign_in"];
        /** Sign out */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove the second factor again
         * @description The session goes on under a new cookie.
         */
        post: operations["step_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own sessions */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        /** End all of one's own sessions but this one */
        delete: operations["revoke_other_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of one's own sessions */
        delete: operations["revoke_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own tokens */
        get: operations["list_tokens"];
        put?: never;
        /** Make an API token */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke one of one's own tokens */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process runs */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest signed checkpoint */
        get: operations["checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/log.vkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key the log is signed with */
        get: operations["key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/tile/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A tile of hashes or a bundle of entries */
        get: operations["tile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description From the machine itself without a token, and not recorded; from elsewhere for callers that may read the access log, and
         *     recorded.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether it can serve: the database answers and the access log takes records */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What is asked for. */
        AccessRequest: {
            /**
             * Format: int32
             * @description For how long, from the consent on.
             */
            days: number;
            /** @description To edit as well; without it, to read. */
            edit?: boolean;
            /** @example customer */
            object: string;
            reason: string;
            /** Format: uuid */
            record: string;
        };
        /** @description The groups, by their keys. */
        AggregateAnswer: {
            items: components["schemas"]["AggregateView"][];
        };
        /** @description Which records, grouped by what, and what is worked out of them. They are always counted. */
        AggregateRequest: {
            by?: components["schemas"]["GroupBy"][];
            /**
             * Format: uuid
             * @description Only records of this customer.
             */
            customer?: string | null;
            filter?: components["schemas"]["Condition"] | null;
            values?: components["schemas"]["WorkOut"][];
        };
        /** @description One group. */
        AggregateView: {
            /** Format: int64 */
            count: number;
            /**
             * @description One for each field grouped by: the option, the id, the day, month (`2026-11`), quarter (`2026-Q4`) or year; `null` where
             *     records have no value.
             */
            keys: (string | null)[];
            /** @description One for each value asked for; `null` where no record of the group has one. */
            values: (number | null)[];
        };
        AnyObject: {
            [key: string]: unknown;
        };
        /** @description Two records that are not the same. */
        ApartRequest: {
            /** Format: uuid */
            one: string;
            /** Format: uuid */
            other: string;
        };
        /** @description The rule that is applied: it must be the one in force. */
        ApplyRequest: {
            /** Format: int32 */
            days: number;
        };
        /** @description How a record's approval stands. */
        ApprovalAnswer: {
            /** @description Whether the caller may submit it now. */
            may_submit: boolean;
            /** @description Whether it needs an approval as it stands. */
            needed: boolean;
            /** @description Newest first. What people wrote is there for who asked, who decided, and who may edit or approve the record. */
            requests: components["schemas"]["RequestItem"][];
            /**
             * @description `draft`, `waiting`, `approved` or `refused`.
             * @example waiting
             */
            standing: string;
            /** @description Whose word is asked for now. */
            waits_for: components["schemas"]["AskedPerson"][];
        };
        /** @description 记录审批 */
        ApprovalForm: {
            before?: components["schemas"]["BeforeForm"];
            /** @description What stands still while a record waits; left out: every field. */
            guards?: string[];
            /** @description Records that need one, as a filter, where the caller sees every field of it. */
            needed?: components["schemas"]["AnyObject"];
            /** @description A choice of `draft`, `waiting`, `approved` and `refused`; a record without a value is a draft. */
            status: string;
        };
        /** @description How records are approved. Where they stand is kept in a field that is made if there is none. */
        ApprovalRulesForm: {
            before?: components["schemas"]["BeforeForm"] | null;
            /** @description What stands still while a record waits, and takes the approval away when it is changed; none: every field. */
            guards?: string[] | null;
            needed?: components["schemas"]["AnyObject"] | null;
        };
        /** @description Somebody whose word is asked for. */
        AskedPerson: {
            name: string;
            /** Format: uuid */
            user: string;
        };
        /** @description What to export, and why. */
        AskExportRequest: {
            format: components["schemas"]["Format"];
            /** @description Recorded with the event; instead of `X-Purpose`. */
            purpose?: string | null;
            question?: components["schemas"]["Question"];
        };
        /** @description A file that a record carries. */
        Attachment: {
            /** Format: int64 */
            added_at: number;
            /** Format: uuid */
            added_by: string;
            /** Format: int64 */
            bytes: number;
            /** Format: uuid */
            id: string;
            /** @description `png`, `jpeg`, `pdf` or `other`, by its content. */
            kind?: string | null;
            /** @description Left out for who may not take the file, as are `kind` and `sha256`. */
            name?: string | null;
            /** @description Whether the caller may take it away. */
            removable: boolean;
            /** @description SHA-256 of the content. */
            sha256?: string | null;
            /** @description Whether the caller may ask to take it. */
            takeable: boolean;
        };
        /** @description The files of a record. */
        Attachments: {
            /** @description Oldest first. */
            items: components["schemas"]["Attachment"][];
            /** @description Whether the caller may add one. */
            may_add: boolean;
            /**
             * Format: int64
             * @description Most bytes of one.
             */
            most_bytes: number;
            /**
             * Format: int32
             * @description Most of them.
             */
            most_files: number;
            /** @description Endings of names that are not taken. */
            refused: string[];
        };
        /** @description How much the event of a look says. */
        AuditDepth: {
            /** @enum {string} */
            kind: "full";
        } | {
            /** @enum {string} */
            kind: "sampled";
            /** Format: int32 */
            one_in: number;
        } | {
            /** @enum {string} */
            kind: "counted";
        };
        /** @description What a policy would have changed, had it held for the last 30 days. */
        AuditEffectAnswer: {
            /**
             * Format: int64
             * @description Over so many days.
             */
            days: number;
            /**
             * Format: int64
             * @description Events of any age whose contents the next retention would drop, and does not by the rules in force.
             */
            dropped: number;
            /**
             * Format: int64
             * @description Events of the span.
             */
            events: number;
            /**
             * Format: int64
             * @description Names of records they would leave out, about.
             */
            records: number;
            /**
             * Format: int64
             * @description How many would tell fields by class, or the question without values.
             */
            shortened: number;
            /**
             * Format: int64
             * @description Of these, about how many would not have named their records.
             */
            thinned: number;
        };
        /** @description How often the log is watched over. */
        AuditFrequency: {
            /** Format: int32 */
            checkpoint_seconds: number;
            /** Format: int32 */
            review_days: number;
            /** Format: int32 */
            verify_hours: number;
        };
        /** @description How events are written. */
        AuditMethod: {
            /**
             * @description How open and internal fields are told of.
             * @enum {string}
             */
            fields: "names" | "classes";
            /**
             * @description How the question of a list is told of.
             * @enum {string}
             */
            question: "values" | "digest";
        };
        /** @description The audit policy 审计策略. */
        AuditPolicy: {
            frequency: components["schemas"]["AuditFrequency"];
            method: components["schemas"]["AuditMethod"];
            retention: components["schemas"]["AuditRetention"];
            /** @description Object types whose lists and views say less than everything. */
            scope: {
                [key: string]: components["schemas"]["AuditDepth"];
            };
        };
        /** @description The policy in force, what waits, and what cannot be set. */
        AuditPolicyAnswer: {
            /** Format: int32 */
            least_days: number;
            /** @description What no policy can switch off. */
            locked: string[];
            /** @description Object types whose lists and views may be told in less. */
            may_thin: string[];
            policy: components["schemas"]["AuditPolicy"];
            proposal: components["schemas"]["AuditProposal"] | null;
            review: components["schemas"]["AuditReview"];
            verified: components["schemas"]["AuditVerification"] | null;
            /** Format: int32 */
            version: number;
            /** @description Newest first. Version 1 is what ships. */
            versions: components["schemas"]["AuditPolicyVersion"][];
        };
        /** @description A version of the policy. */
        AuditPolicyVersion: {
            /**
             * Format: int64
             * @description Since when it holds.
             */
            at: number;
            consented_by: string;
            policy: components["schemas"]["AuditPolicy"];
            /** Format: int64 */
            proposed_at: number;
            proposed_by: string;
            reason: string;
            /** Format: int32 */
            version: number;
        };
        /** @description What waits for a second word. */
        AuditProposal: {
            /** Format: int64 */
            at: number;
            /** Format: uuid */
            by: string;
            by_name: string;
            effect: components["schemas"]["AuditEffectAnswer"];
            /** Format: uuid */
            id: string;
            /**
             * Format: int64
             * @description It lapses then if nobody decides.
             */
            lapses_at: number;
            /** @description Whether the caller may decide about it. */
            may_decide: boolean;
            /** @description Whether it is the caller's own. */
            own: boolean;
            policy: components["schemas"]["AuditPolicy"];
            reason: string;
        };
        /** @description How long contents are kept. */
        AuditRetention: {
            /**
             * Format: int32
             * @description `null` keeps them for good.
             */
            days: number | null;
            /** @description Kinds of events that are kept longer: `refusals`, `changes`, `exports`, `administration`. */
            longer?: {
                [key: string]: number;
            };
        };
        /** @description The last time somebody looked through the log, and the next. */
        AuditReview: {
            /** Format: int64 */
            at: number | null;
            by: string | null;
            /** Format: int64 */
            due: number;
        };
        /** @description What the server found when it last computed its log anew. */
        AuditVerification: {
            /** Format: int64 */
            at: number;
            /** Format: int64 */
            entries: number;
            /** Format: int64 */
            findings: number;
        };
        /** @description A rule. */
        AutomationForm: {
            label: components["schemas"]["Label"];
            /** @example won_task */
            name: string;
            /** @example opportunity */
            object: string;
            on?: boolean | null;
            only?: components["schemas"]["AnyObject"] | null;
            /**
             * @description `{"kind": "set", "field": …, "to": …}`, `task` (`object`, `title`, `owner`, `due_in`), `webhook` (`to`),
             *     `notify` (`to`, `text`).
             */
            then: components["schemas"]["AnyObject"][];
            /** @description `{"kind": "created"}`, `edited` (`fields`), `became` (`field`, `values`), `due` (`field`, `days`). */
            when: components["schemas"]["AnyObject"];
        };
        /** @description All rules, in order. */
        AutomationsRequest: {
            rules: components["schemas"]["AutomationForm"][];
        };
        /** @description The last copies, and the last trial of one. */
        BackupsAnswer: {
            /** Format: int64 */
            drill_at: number | null;
            drill_by: string | null;
            /** @description Newest first. */
            items: components["schemas"]["BackupView"][];
        };
        /** @description A copy that was taken. */
        BackupView: {
            /** Format: int64 */
            at: number;
            by: string;
            /** @description Its name, without the folder. */
            file: string;
            with_keys: boolean;
        };
        /** @description One record that comes of a conversion. */
        BecomesForm: {
            /** @description Whether a conversion always makes it. */
            always: boolean;
            object: string;
            /** @description What to offer: field of the new record, and the field here whose value is offered for it. */
            offer: {
                [key: string]: string;
            };
        };
        /** @description Values of a choice that an approval comes before. */
        BeforeForm: {
            field: string;
            values: string[];
        };
        /** @description Rows to take in. */
        BeginImportRequest: {
            /**
             * @description Names of fields.
             * @example [
             *       "name",
             *       "phone"
             *     ]
             */
            columns: string[];
            /** @description The source under which the customers were imported; the same if left out. */
            customer_source?: string | null;
            rows: components["schemas"]["ColumnRow"][];
            /**
             * @description Name of the outside system: keys of different sources do not meet.
             * @example erp
             */
            source: string;
        };
        /** @description The access, and the request by which it is reviewed. */
        BreakGlassAnswer: {
            /** Format: uuid */
            request: string;
            /** Format: int64 */
            until: number;
        };
        /** @description Why, and for how long. */
        BreakGlassRequest: {
            /**
             * Format: int32
             * @description 1 if not given.
             */
            hours?: number;
            reason: string;
        };
        /** @description What is done to which records: exactly one of `fields`, `transfer`, `share` and `delete`. */
        BulkRequest: {
            delete?: boolean;
            /** @description These fields get these values; `null` takes a value away. */
            fields?: {
                [key: string]: components["schemas"]["FieldValue"];
            } | null;
            filter?: components["schemas"]["Condition"] | null;
            share?: components["schemas"]["ShareRequest"] | null;
            transfer?: components["schemas"]["TransferRequest"] | null;
        };
        /** @description A change of the record, as the log tells it. The values are in no log. */
        ChangeItem: {
            /** Format: uuid */
            by: string;
            by_name: string;
            /** Format: uuid */
            event: string;
            /** @description Fields that were written, of those the caller sees. */
            fields: string[];
            /**
             * @description `created`, `changed`, `stage`, `transferred`, `returned`, `claimed` or `shared`.
             * @example changed
             */
            kind: string;
            /**
             * @description `whole`, `erased`, `dropped` or `altered`: what the log still holds of it.
             * @example whole
             */
            state: string;
            /** Format: uuid */
            to: string | null;
            to_name: string | null;
        };
        /** @description What publishing it would change, and what stands against it. */
        CheckAnswer: {
            /**
             * Format: int64
             * @description The version it was compared with.
             */
            base: number;
            diff: components["schemas"]["AnyObject"];
            problems: components["schemas"]["ProblemItem"][];
        };
        /** @description What must hold of a record, and what is said at which field where it does not. */
        CheckForm: {
            field: string;
            message: components["schemas"]["Label"];
            must: components["schemas"]["MustForm"];
        };
        /** @description A policy to look at. */
        CheckRequest: {
            policy: components["schemas"]["AnyObject"];
        };
        /** @description Under which circumstances: by default now, with a second factor and a purpose, over the web, from an unknown address. */
        CircumstancesRequest: {
            /** @default null */
            address: string | null;
            /**
             * Format: int64
             * @description Milliseconds since 1970; when the question is asked if left out.
             * @default null
             */
            at: number | null;
            /**
             * @default web
             * @example web
             */
            channel: string;
            /** @default true */
            mfa: boolean;
            /** @default true */
            purpose: boolean;
        };
        /** @description A code of the second factor. */
        CodeRequest: {
            /** @example 123456 */
            code: string;
        };
        /** @description What everyone signed in may know of a colleague. */
        ColleagueView: {
            /** Format: uuid */
            department: string;
            /** Format: uuid */
            id: string;
            name: string;
        };
        /** @description One row: its values stand in the order of `columns`. */
        ColumnRow: {
            /** @description The outside key of the customer it belongs to. */
            customer_key?: string | null;
            /** @description What the record is called outside; a rerun finds it by this. */
            key: string;
            /**
             * Format: int64
             * @description What the row is called in what became of it.
             */
            number: number;
            /** @description Login of the owner, or their name if exactly one active person has it. */
            owner?: string | null;
            pool?: boolean;
            values: components["schemas"]["FieldValue"][];
        };
        /** @description Words about a record. */
        CommentForm: {
            /** @description Plain text of at most 2,000 characters. A mention stands as `@[id]`, of somebody who may read it. */
            text: string;
        };
        /** @description A comment. */
        CommentItem: {
            /** Format: int64 */
            at: number;
            /** Format: uuid */
            author: string;
            author_name: string;
            /** Format: int64 */
            edited_at: number | null;
            /** Format: uuid */
            id: string;
            may_strike: boolean;
            /** @description Those named in the text by `@[id]`. */
            mentions: components["schemas"]["MentionItem"][];
            /**
             * Format: int64
             * @description Until when the caller may change or delete it; `null` where they may not.
             */
            open_until: number | null;
            /**
             * Format: int64
             * @description Struck through by its author: it does not hold any more.
             */
            struck_at: number | null;
            text: string;
            /**
             * Format: int64
             * @description To be sent in If-Match.
             */
            version: number;
        };
        /** @description A page of comments. */
        CommentItems: {
            items: components["schemas"]["CommentItem"][];
            next: string | null;
            /** @description Whether the caller may read them: they are as personal as the record's notes. If not, nothing of them is told. */
            readable: boolean;
        };
        /** @description What a merge would do. */
        CompareAnswer: {
            /** @description What goes along, of the records that the caller may list. */
            along: components["schemas"]["GoesAlong"][];
            /**
             * @description Fields whose value the caller may choose. Of any other the value of the record that stays is kept, and where it has none
             *     the first of the others' comes in.
             */
            choosable: string[];
            /** @description The one that stays first, then the others as asked for. */
            records: components["schemas"]["Record"][];
        };
        /** @description Two fields in this order. */
        CompareForm: {
            left: string;
            /** @description `eq`, `ne`, `lt`, `le`, `gt`, `ge`. */
            op: string;
            right: string;
        };
        /** @description Which records, and which of them stays. */
        CompareRequest: {
            /** @description The others. */
            from: string[];
            /**
             * Format: uuid
             * @description The record that stays.
             */
            into: string;
        };
        /** @description A condition over the fields of a record, as lists are filtered by. */
        Condition: components["schemas"]["ConditionAll"] | components["schemas"]["ConditionAny"] | components["schemas"]["ConditionNot"] | components["schemas"]["ConditionTest"];
        /** @description All of them hold. */
        ConditionAll: {
            all: components["schemas"]["Condition"][];
        };
        /** @description One of them holds. */
        ConditionAny: {
            any: components["schemas"]["Condition"][];
        };
        /** @description It does not hold. */
        ConditionNot: {
            not: components["schemas"]["Condition"];
        };
        /** @description What a field's value is to be. */
        ConditionTest: {
            /** @description A field, or `owner`, `department`, `created_at`, `updated_at`, `pool`, compared with a value. */
            test: {
                field: string;
                /**
                 * @description How a field is compared.
                 * @enum {string}
                 */
                op: "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "in" | "starts_with" | "contains" | "is_empty" | "is_not_empty";
                /** @description Of `is_empty` and `is_not_empty` nothing; of `in` a list. */
                value?: components["schemas"]["FieldValue"];
            };
        };
        /** @description What was made, and the converted record's version. */
        ConvertAnswer: {
            made: components["schemas"]["MadeRecord"][];
            /** Format: int64 */
            version: number;
        };
        /** @description 转化 */
        ConvertForm: {
            into: components["schemas"]["BecomesForm"][];
            made: string;
            status: string;
            to: string;
        };
        /** @description One record to be made. */
        ConvertPart: {
            /**
             * @description Values by field.
             * @example {
             *       "name": "上海明光贸易"
             *     }
             */
            fields: {
                [key: string]: components["schemas"]["FieldValue"];
            };
            /** @example customer */
            object: string;
        };
        /** @description What the record becomes. */
        ConvertRequest: {
            /** @description Although there may be such a one already. */
            despite_duplicates?: boolean;
            /**
             * Format: uuid
             * @description In place of the first: a record that is there already.
             */
            existing?: string | null;
            /** @description Each type once, the one that owns the others first. */
            make: components["schemas"]["ConvertPart"][];
        };
        /** @description A count. */
        Count: {
            /** Format: int64 */
            count: number;
        };
        /** @description 仪表盘 */
        DashboardForm: {
            /** @description The field that holds the cards. */
            cards: string;
        };
        /** @description The second word. */
        DecideAuditRequest: {
            consent: boolean;
        };
        /** @description Where the request stands. */
        DecidedAnswer: {
            /** @description `waiting` for others, `approved` or `refused`. */
            state: string;
        };
        /** @description A word that was given. */
        DecisionItem: {
            /** Format: int64 */
            at: number;
            /** Format: uuid */
            by: string;
            by_name: string;
            comment: string;
            consent: boolean;
            /** @description `named`, `stand_in`, `deputy` or `escalated`: by what they could. */
            how: string | null;
            /** @description From 0. */
            step: number;
        };
        /** @description A decision. */
        DecisionRequest: {
            /** @description Needed for a refusal, and for the review of an emergency access. */
            comment?: string;
            consent: boolean;
            /**
             * Format: int64
             * @description The request's version as it was read.
             */
            version: number;
        };
        /** @description A department. */
        DepartmentView: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: uuid */
            parent: string | null;
        };
        /** @description A deputy; both or, to take one away, neither. */
        DeputyForm: {
            /**
             * Format: int64
             * @description At most 366 days away.
             */
            until: number | null;
            /** Format: uuid */
            user: string | null;
        };
        /** @description What a user did. */
        DidAnswer: {
            customers: components["schemas"]["TouchedCustomer"][];
            /** Format: int64 */
            distinct_customers: number;
            /** Format: int64 */
            events: number;
            page: components["schemas"]["EventPage"];
            /** Format: uuid */
            user: string;
            user_name: string;
        };
        /** @description 丢弃 */
        DiscardForm: {
            reason: string;
            status: string;
            to: string;
        };
        /** @description Why. */
        DiscardRequest: {
            /**
             * @description A value of the object type's reason field.
             * @example no_need
             */
            reason: string;
        };
        /** @description Something to do, due on a day. */
        DoneForm: {
            /** @description What is due is money: the field that says how much. */
            amount?: string;
            done: string;
            due: string;
        };
        /** @description The values typed so far. */
        DuplicatesRequest: {
            /**
             * @example {
             *       "name": "上海明光贸易有限公司"
             *     }
             */
            fields: {
                [key: string]: components["schemas"]["FieldValue"];
            };
            /**
             * Format: uuid
             * @description A record that is there and about to be changed: it is no duplicate of itself.
             */
            record?: string | null;
        };
        /** @description A record that is alike in one field. */
        DuplicateView: {
            field: string;
            /**
             * Format: uuid
             * @description Of one that the caller may see.
             */
            id: string | null;
            /**
             * @description `seen`: one that the caller may see; else `pool` 在公海, `other` 他人负责 or `exists` 已存在, and no more.
             * @example other
             */
            whose: string;
        };
        /** @description What an erasure did. */
        ErasedAnswer: {
            /** Format: uuid */
            customer: string;
            /**
             * Format: int64
             * @description Records deleted, the customer's own among them.
             */
            records: number;
            /** @description Whether freed pages and the write-ahead log were cleaned at once. */
            scrubbed: boolean;
        };
        /** @description Whom, and why. */
        EraseRequest: {
            /** Format: uuid */
            customer: string;
            /**
             * @description The object type of records that have a key of their own.
             * @example customer
             */
            object: string;
            /** @description Also the purpose of the act; no customer's data. */
            reason: string;
        };
        /** @description What somebody has, in numbers. */
        EstateView: {
            /** @description Newest first. */
            handovers: components["schemas"]["HandoverView"][];
            /** @description Records they own. */
            owned: components["schemas"]["OwnedView"][];
            pools: components["schemas"]["MemberPool"][];
            /** @description Who reports to them. */
            reports: string[];
            /** Format: int64 */
            sessions: number;
            /** Format: int64 */
            shares_given: number;
            /** Format: int64 */
            shares_held: number;
            /** Format: int64 */
            tokens: number;
        };
        /** @description An event of the access log. */
        Event: {
            action: string;
            /** Format: int64 */
            at: number;
            channel: string;
            decision: string;
            /** Format: uuid */
            department: string | null;
            /** Format: uuid */
            event: string;
            /**
             * Format: int64
             * @description Its place in the log.
             */
            index: number;
            object: string | null;
            /** Format: uuid */
            on_behalf_of: string | null;
            /** Format: int64 */
            policy_version: number;
            rules: string[];
            source: string | null;
            /** @description Whether the row is as it was recorded. */
            state: string;
            /**
             * Format: int64
             * @description Records it touched.
             */
            touches: number;
            /** Format: uuid */
            user: string;
            user_name: string;
        };
        /** @description One count. */
        EventCount: {
            /** Format: int64 */
            events: number;
            key: string;
            label: string;
            /** Format: int64 */
            touches: number;
        };
        /** @description Counts of events. */
        EventCounts: {
            by: string;
            /** Format: int64 */
            events: number;
            rows: components["schemas"]["EventCount"][];
            /** Format: int64 */
            touches: number;
            zone: string;
        };
        /** @description A page of the log. */
        EventPage: {
            items: components["schemas"]["Event"][];
            next: string | null;
        };
        /** @description A record in an event. */
        EventTouch: components["schemas"]["Event"] & {
            /** Format: uuid */
            customer: string;
            /** @description Fields shown masked. */
            masked: string[];
            /**
             * Format: uuid
             * @description `null` once the customer was erased.
             */
            record: string | null;
            /** @description Fields shown in the clear. */
            shown: string[];
            touch_rules: string[];
            touch_state: string;
        };
        /** @description About whom, and of which time. With neither customer nor user, every event of the span, which then needs both ends. */
        EvidenceRequest: {
            /** Format: uuid */
            customer?: string | null;
            /** Format: int64 */
            from?: number | null;
            purpose?: string | null;
            /** Format: int64 */
            to?: number | null;
            /** Format: uuid */
            user?: string | null;
        };
        /** @description How far an export is. */
        ExportProgress: {
            /**
             * Format: int64
             * @description Rows it may have.
             */
            at_most: number;
            /** Format: int64 */
            bytes: number;
            /**
             * Format: int64
             * @description The file is destroyed then.
             */
            expires_at: number | null;
            /** Format: int64 */
            rows: number;
            state: string;
        };
        /** @description What to export, and why. */
        ExportRequest: {
            format: components["schemas"]["Format"];
            /** @description Recorded with the event; instead of `X-Purpose`. */
            purpose?: string | null;
            question?: components["schemas"]["Question"];
        };
        /** @description Rules of exports, for everybody; a role's own limit of rows holds beside them. */
        ExportRulesForm: {
            /**
             * Format: int32
             * @description More rows than this need an approval; `null` asks for none.
             */
            approve_above: number | null;
            /** @description An approval is needed when sensitive fields are shown in the clear. */
            approve_sensitive: boolean;
            /**
             * Format: int32
             * @description A file is taken at most so often.
             */
            downloads: number;
            /**
             * Format: int32
             * @description A file is destroyed after so many hours.
             */
            lasts_hours: number;
            /**
             * Format: int32
             * @description Rows that one person may export in 24 hours; `null` leaves it to the roles.
             */
            rows_per_day: number | null;
        };
        /** @description An export, past or under way. */
        ExportView: {
            /** Format: int64 */
            asked_at: number;
            /**
             * Format: int64
             * @description Rows it may have.
             */
            at_most: number;
            /** Format: int64 */
            bytes: number;
            downloads: components["schemas"]["TakenView"][];
            /** Format: int64 */
            ended_at: number | null;
            /**
             * Format: int64
             * @description The file is destroyed then.
             */
            expires_at: number | null;
            /** @description The fields in it. */
            fields: string[];
            /** @example xlsx */
            format: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: int32
             * @description How often it may be taken in all.
             */
            most_downloads: number;
            /** @example customer */
            object: string;
            purpose: string | null;
            /** @description What was asked, as the log tells it: never a searched text. */
            question: components["schemas"]["AnyObject"];
            /** Format: int64 */
            rows: number;
            /** @description Whether a sensitive field is in it in the clear. */
            sensitive: boolean;
            /**
             * @description `waiting`, `approved`, `rejected`, `running`, `ready`, `sent` (as it was made, without a file), `cancelled`, `failed`, `expired`,
             *     `withdrawn` (a customer in it was erased), `unknown`.
             */
            state: string;
            /**
             * Format: uuid
             * @description Who asked for it.
             */
            user: string;
            user_name: string;
        };
        /** @description A page of exports, newest first. */
        ExportViews: {
            items: components["schemas"]["ExportView"][];
            /**
             * Format: uuid
             * @description `before` of the next page.
             */
            next: string | null;
        };
        /** @description A field the caller sees on some record. */
        FieldFormView: {
            /** @description `open`, `internal`, `personal`, `sensitive`. */
            class: string;
            /** @description Worked out from other fields of the record, or looked up elsewhere. */
            computed: boolean;
            /** @description Lists can be filtered and sorted by it. */
            filterable: boolean;
            /** @description Written by the server alone. */
            kept: boolean;
            label: components["schemas"]["Label"];
            /** @description The highest level the caller has it at: `masked`, `read_only`, `editable`. */
            level: string;
            name: string;
            /** @description Given by the server when a record is made. An import may bring one. */
            numbered: boolean;
            required: boolean;
            /** @description A search looks into it: `none`, `exact`, `part`. */
            search: string;
            type: components["schemas"]["FieldType"];
            unique: boolean;
        };
        /** @description One option of a choice. */
        FieldOption: {
            label: components["schemas"]["Label"];
            value: string;
        };
        /** @description The type of a field's values. What a kind needs stands beside it. */
        FieldType: {
            /** @description Of a roll-up: the reference there that names a record here. */
            by?: string;
            /** @description Of a lookup: the field there. */
            field?: string;
            /**
             * @description `text`, `long_text`, `number`, `money`, `bool`, `date`, `date_time`, `choice`, `multi_choice`, `phone`, `email`,
             *     `id_number`, `address`, `url`, `reference`, `user`, `lookup`, `roll_up`.
             */
            kind: string;
            /**
             * Format: int32
             * @description Most characters of a text.
             */
            max?: number;
            /** @description What a reference names; whose records a roll-up is over. */
            object?: string;
            /** @description Of a choice. */
            options?: components["schemas"]["FieldOption"][];
            /**
             * Format: int32
             * @description Decimal places of a number or an amount.
             */
            scale?: number;
            /** @description Of a lookup: the reference here through which it looks. */
            through?: string;
            /** @description Of a roll-up: what is worked out; their number if left out. */
            value?: components["schemas"]["RollUpValue"];
            /** @description Of a roll-up: only records that pass. */
            when?: components["schemas"]["Condition"];
        };
        FieldValue: unknown;
        /** @description Rules of files, for everybody. */
        FileRulesForm: {
            /**
             * Format: int32
             * @description Most megabytes of one file.
             */
            most_mb: number;
            /**
             * Format: int32
             * @description Most files of one record.
             */
            per_record: number;
            /** @description Endings of names that are not taken: small letters and digits, without the dot. */
            refused: string[];
            /**
             * Format: int32
             * @description Most megabytes of all files together.
             */
            total_mb: number;
        };
        /** @description A first password. */
        FirstPassword: {
            /** @description Shown now and never again; must be changed at the next sign-in. */
            password: string;
        };
        /** @description A flow. */
        FlowForm: {
            /**
             * Format: int64
             * @description Exports of more rows than this.
             */
            above_rows?: number | null;
            label: components["schemas"]["Label"];
            /** @example large_exports */
            name: string;
            /** @example customer */
            object?: string | null;
            steps: components["schemas"]["StepForm"][];
            /**
             * @description `access`, `export` or `record`.
             * @example export
             */
            subject: string;
            when?: components["schemas"]["AnyObject"] | null;
        };
        /** @description Step by step. */
        FlowPreviewAnswer: {
            steps: components["schemas"]["SeatItem"][][];
        };
        /** @description Who would decide, if somebody asked. */
        FlowPreviewRequest: {
            /**
             * Format: uuid
             * @description The owner of the record asked about.
             */
            owner?: string | null;
            /** Format: uuid */
            requester: string;
            /** @description Without them, those of a subject without a flow. */
            steps?: components["schemas"]["StepForm"][] | null;
            /** @example export */
            subject: string;
        };
        /** @description All flows, in order: the first that fits decides. */
        FlowsRequest: {
            flows: components["schemas"]["FlowForm"][];
        };
        /** @description What closes in a month, of one owner, in one stage. */
        ForecastView: {
            /** Format: double */
            amount: number;
            /** Format: int64 */
            count: number;
            /** @example 2026-11 */
            month: string;
            /** Format: uuid */
            owner: string | null;
            /**
             * Format: int32
             * @description In hundredths.
             */
            probability: number;
            stage: string;
            /**
             * Format: double
             * @description The amount times the probability.
             */
            weighted: number;
        };
        /**
         * @description A format an export is written in.
         * @enum {string}
         */
        Format: "csv" | "xlsx";
        /** @description Records of a type that go along. */
        GoesAlong: {
            /** Format: int64 */
            count: number;
            /** @example contact */
            object: string;
        };
        /** @description An access that a request or an emergency gave. */
        GrantItem: {
            edit: boolean;
            /** @description 紧急访问 */
            emergency: boolean;
            /** Format: uuid */
            given_by: string;
            given_by_name: string;
            /**
             * Format: uuid
             * @description The request's id.
             */
            id: string;
            /** @example customer */
            object: string;
            /** Format: uuid */
            record: string;
            /** @description Whether an emergency access was reviewed; true of others. */
            reviewed: boolean;
            /** Format: int64 */
            since: number;
            /** Format: int64 */
            until: number;
            /** Format: uuid */
            user: string;
            user_name: string;
        };
        /** @description Everything that ends by itself. */
        GrantsAnswer: {
            rules: components["schemas"]["RuleGrantItem"][];
            shares: components["schemas"]["GrantItem"][];
        };
        /** @description What to group by, and of a date or a time how finely: a month if left out. */
        GroupBy: {
            /**
             * @description A clear field, or `owner`, `department`, `created_at`, `updated_at`.
             * @example signed_on
             */
            field: string;
            /**
             * @description How finely dates and times are told apart.
             * @enum {string}
             */
            step?: "day" | "month" | "quarter" | "year";
        };
        /** @description Records that are alike. */
        GroupForm: {
            /** @description In what they are alike. */
            fields: string[];
            /** @description Of others that are alike, no more than `pool` 在公海, `other` 他人负责 or `exists` 已存在. */
            hidden: string[];
            /** @description Those that the caller may see. */
            ids: string[];
        };
        /** @description What a scan found. */
        GroupsAnswer: {
            groups: components["schemas"]["GroupForm"][];
            job: components["schemas"]["JobForm"];
        };
        /** @description A handover to begin. What belongs to a customer goes with the customer. */
        HandoverRequest: {
            /** @description Everything else. Not a pool. */
            others: components["schemas"]["ReceiverForm"];
            purpose?: string | null;
            /**
             * Format: uuid
             * @description The manager of those who reported to the leaver; without one, the leaver's own.
             */
            reports_to?: string | null;
            rules?: components["schemas"]["HandoverRule"][];
            /**
             * @description What becomes of the shares that the leaver gave: `end` or `keep` (they are the receiver's).
             * @example end
             */
            shares?: string | null;
        };
        /** @description Where the records of one object type go. */
        HandoverRule: {
            /** @example customer */
            object: string;
            to: components["schemas"]["ReceiverForm"];
        };
        /** @description A handover as it stands. */
        HandoverView: {
            /** Format: uuid */
            actor: string;
            /** Format: int64 */
            began_at: number;
            /** Format: int64 */
            ended_at: number | null;
            /** Format: uuid */
            id: string;
            /**
             * Format: int64
             * @description Records that were left when it ended; `null` while it is under way, and where its outcome is unknown.
             */
            left: number | null;
            /**
             * Format: int64
             * @description Records that the leaver owned when it began.
             */
            total: number;
        };
        /** @description That it runs. */
        HealthAnswer: {
            /** @example ok */
            status: string;
        };
        /** @description [`Help`] as documented. */
        HelpText: {
            en: string;
            zh: string;
        };
        /** @description A hold to place or release. The customer is named too, so that a slip of an id releases nothing. */
        HoldRequest: {
            /** Format: uuid */
            customer: string;
            /** @description Which proceeding or order; no customer's data. */
            reason: string;
        };
        /** @description A hold. */
        HoldView: {
            /** Format: uuid */
            author: string;
            author_name: string;
            /** Format: int64 */
            created_at: number;
            /** Format: uuid */
            customer: string;
            /** Format: uuid */
            id: string;
            reason: string;
            /** Format: int64 */
            released_at: number | null;
            /** Format: uuid */
            released_by: string | null;
        };
        /** @description A system outside. */
        HookForm: {
            label: components["schemas"]["Label"];
            /** @example erp */
            name: string;
            on: boolean;
            /** @description Give it a new secret. A new one is always given one. */
            renew?: boolean;
            /** @example https://erp.example.com/hooks/whosaw */
            url: string;
        };
        /** @description An endpoint without its secret. */
        HookItem: {
            label: components["schemas"]["Label"];
            name: string;
            on: boolean;
            url: string;
        };
        /** @description Endpoints. */
        HooksAnswer: {
            hooks: components["schemas"]["HookItem"][];
            hosts: string[];
        };
        /** @description All endpoints. */
        HooksRequest: {
            hooks: components["schemas"]["HookForm"][];
            /** @description Hosts that may be told although they lie inside, also without TLS. */
            hosts?: string[];
        };
        /** @description What publishing it would change, for whom, and what stands against it. */
        ImpactAnswer: {
            /**
             * Format: int64
             * @description The version it was compared with.
             */
            base: number;
            /** @description Whether everyone was looked at and everything counted. */
            complete: boolean;
            /** @description Whose conditions change, though no record comes or goes. */
            conditions: components["schemas"]["ImpactView"][];
            diff: components["schemas"]["AnyObject"];
            gains: components["schemas"]["ImpactView"][];
            losses: components["schemas"]["ImpactView"][];
            problems: components["schemas"]["ProblemItem"][];
        };
        /** @description One person who gains or loses. */
        ImpactPerson: {
            name: string;
            /**
             * Format: int64
             * @description Records that come into their reach or leave it; `null` where they are not counted.
             */
            records: number | null;
            /** Format: uuid */
            user: string;
        };
        /** @description What some people gain or lose: an operation, fields at a level, or an administrative duty. */
        ImpactView: {
            /** @description An operation or a duty; `null` for fields. */
            action: string | null;
            fields: string[];
            /** @description `masked`, `read_only` or `editable`, with `fields`. */
            level: string | null;
            /** @description The first fifty, most records first. */
            named: components["schemas"]["ImpactPerson"][];
            /** @description `null` for a duty. */
            object: string | null;
            people: number;
            /**
             * Format: int64
             * @description Distinct records for all of them together; `null` where they are not counted.
             */
            records: number | null;
        };
        /** @description What became of the rows. */
        ImportAnswer: {
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            created: number;
            /**
             * Format: uuid
             * @description Names the import: for its further requests, and to undo it.
             */
            job: string;
            rejected: components["schemas"]["Rejected"][];
            /** Format: int64 */
            unchanged: number;
        };
        /** @description What became of an import so far. */
        ImportedAnswer: {
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            created: number;
            job: components["schemas"]["JobForm"];
            /** @description Why: the first 2,000 problems. */
            rejected: components["schemas"]["Rejected"][];
            /**
             * Format: int64
             * @description Rows that were not taken.
             */
            rejected_count: number;
            /** Format: int64 */
            unchanged: number;
        };
        /** @description Rows to import. */
        ImportRequest: {
            /** @description The source under which the customers were imported; the same if left out. */
            customer_source?: string | null;
            /** @description Only say what would happen. */
            dry_run?: boolean;
            /**
             * Format: int32
             * @description What the first row is called in the answer and in the record; 1 if left out.
             */
            first_row?: number | null;
            /**
             * Format: uuid
             * @description Of an import in several requests: `job` of the first answer.
             */
            job?: string | null;
            rows: components["schemas"]["NewRow"][];
            /**
             * @description Name of the outside system: keys of different sources do not meet.
             * @example erp
             */
            source: string;
        };
        /** @description A list that is not paged. */
        Items_AutomationForm: {
            items: {
                label: components["schemas"]["Label"];
                /** @example won_task */
                name: string;
                /** @example opportunity */
                object: string;
                on?: boolean | null;
                only?: components["schemas"]["AnyObject"] | null;
                /**
                 * @description `{"kind": "set", "field": …, "to": …}`, `task` (`object`, `title`, `owner`, `due_in`), `webhook` (`to`),
                 *     `notify` (`to`, `text`).
                 */
                then: components["schemas"]["AnyObject"][];
                /** @description `{"kind": "created"}`, `edited` (`fields`), `became` (`field`, `values`), `due` (`field`, `days`). */
                when: components["schemas"]["AnyObject"];
            }[];
        };
        /** @description A list that is not paged. */
        Items_ColleagueView: {
            items: {
                /** Format: uuid */
                department: string;
                /** Format: uuid */
                id: string;
                name: string;
            }[];
        };
        /** @description A list that is not paged. */
        Items_DepartmentView: {
            items: {
                /** Format: uuid */
                id: string;
                name: string;
                /** Format: uuid */
                parent: string | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_DuplicateView: {
            items: {
                field: string;
                /**
                 * Format: uuid
                 * @description Of one that the caller may see.
                 */
                id: string | null;
                /**
                 * @description `seen`: one that the caller may see; else `pool` 在公海, `other` 他人负责 or `exists` 已存在, and no more.
                 * @example other
                 */
                whose: string;
            }[];
        };
        /** @description A list that is not paged. */
        Items_FlowForm: {
            items: {
                /**
                 * Format: int64
                 * @description Exports of more rows than this.
                 */
                above_rows?: number | null;
                label: components["schemas"]["Label"];
                /** @example large_exports */
                name: string;
                /** @example customer */
                object?: string | null;
                steps: components["schemas"]["StepForm"][];
                /**
                 * @description `access`, `export` or `record`.
                 * @example export
                 */
                subject: string;
                when?: components["schemas"]["AnyObject"] | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_ForecastView: {
            items: {
                /** Format: double */
                amount: number;
                /** Format: int64 */
                count: number;
                /** @example 2026-11 */
                month: string;
                /** Format: uuid */
                owner: string | null;
                /**
                 * Format: int32
                 * @description In hundredths.
                 */
                probability: number;
                stage: string;
                /**
                 * Format: double
                 * @description The amount times the probability.
                 */
                weighted: number;
            }[];
        };
        /** @description A list that is not paged. */
        Items_GrantItem: {
            items: {
                edit: boolean;
                /** @description 紧急访问 */
                emergency: boolean;
                /** Format: uuid */
                given_by: string;
                given_by_name: string;
                /**
                 * Format: uuid
                 * @description The request's id.
                 */
                id: string;
                /** @example customer */
                object: string;
                /** Format: uuid */
                record: string;
                /** @description Whether an emergency access was reviewed; true of others. */
                reviewed: boolean;
                /** Format: int64 */
                since: number;
                /** Format: int64 */
                until: number;
                /** Format: uuid */
                user: string;
                user_name: string;
            }[];
        };
        /** @description A list that is not paged. */
        Items_HoldView: {
            items: {
                /** Format: uuid */
                author: string;
                author_name: string;
                /** Format: int64 */
                created_at: number;
                /** Format: uuid */
                customer: string;
                /** Format: uuid */
                id: string;
                reason: string;
                /** Format: int64 */
                released_at: number | null;
                /** Format: uuid */
                released_by: string | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_JobForm: {
            items: {
                /** @description Of `bulk`, what is done: `edit`, `transfer`, `share`, `delete`. */
                act: string | null;
                /** Format: int64 */
                began_at: number;
                /** @description Whether there were more than are kept. */
                cut: boolean;
                /**
                 * Format: int64
                 * @description Records looked at or tried, of how many.
                 */
                done: number;
                /** Format: int64 */
                ended_at: number | null;
                /**
                 * Format: int64
                 * @description Records that were refused so far; of an import, rows that were not taken.
                 */
                failed: number;
                /** @description Groups found so far. */
                found: number;
                /** Format: uuid */
                id: string;
                /**
                 * @description `duplicate_scan`, `bulk`, `import`.
                 * @example duplicate_scan
                 */
                kind: string;
                /** @example customer */
                object: string;
                /**
                 * @description `running`, `done`, `failed`, `cancelled`.
                 * @example running
                 */
                state: string;
                /** Format: int64 */
                total: number;
                /** @description Why it failed: `session_ended`, `account_disabled`, `forbidden`, … */
                why: string | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_KeptMappingForm: {
            items: {
                headings: string[];
                mapping: components["schemas"]["MappingForm"];
            }[];
        };
        /** @description A list that is not paged. */
        Items_ObjectVersionView: {
            items: {
                /**
                 * Format: int64
                 * @description Milliseconds since 1970; `null` of what was shipped, or came before versions were kept.
                 */
                at: number | null;
                /** Format: uuid */
                author: string | null;
                /** Format: int64 */
                version: number;
            }[];
        };
        /** @description A list that is not paged. */
        Items_ObjectView: {
            items: {
                object: components["schemas"]["AnyObject"];
                /** Format: int64 */
                version: number;
            }[];
        };
        /** @description A list that is not paged. */
        Items_OwnPoolView: {
            items: {
                /** Format: int64 */
                claimed_today: number;
                /** Format: int32 */
                daily_claims: number | null;
                /** Format: int32 */
                former_owner_days: number;
                /**
                 * Format: int64
                 * @description Records that count for it.
                 */
                holding: number;
                /**
                 * Format: int32
                 * @description 库容
                 */
                holding_limit: number | null;
                label: components["schemas"]["Label"];
                /** @description Whether the caller may claim from it. */
                member: boolean;
                name: string;
                /** Format: int32 */
                new_hours: number;
                /** @example customer */
                object: string;
                /** @description Reasons of return; without any, none is asked. */
                reasons: components["schemas"]["FieldOption"][];
                /**
                 * Format: int32
                 * @description Days without work after which a record goes back; `null` where none does.
                 */
                recycle_days: number | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_PastImportForm: {
            items: {
                /** Format: int64 */
                began_at: number;
                /** Format: int64 */
                changed: number;
                /** Format: int64 */
                created: number;
                /** Format: int64 */
                ended_at: number;
                /** Format: uuid */
                job: string;
                object: string;
                /**
                 * Format: int64
                 * @description Records taken away again.
                 */
                removed: number;
                /** Format: int64 */
                rows: number;
                source: string;
                /** Format: int64 */
                unchanged: number;
                /**
                 * Format: int64
                 * @description Until when it can be undone.
                 */
                undo_until: number;
            }[];
        };
        /** @description A list that is not paged. */
        Items_PolicyLine: {
            items: {
                /** Format: int64 */
                at: number;
                /** Format: uuid */
                author: string;
                diff: components["schemas"]["AnyObject"];
                hash: string;
                reason: string;
                /** Format: int64 */
                version: number;
            }[];
        };
        /** @description A list that is not paged. */
        Items_PoolForm: {
            items: {
                /** Format: int32 */
                daily_claims?: number | null;
                /** Format: int32 */
                former_owner_days?: number | null;
                /**
                 * Format: int32
                 * @description 库容
                 */
                holding?: number | null;
                /** @description The holding limit also stands against transfers, creation, conversion and imports. */
                holding_always?: boolean | null;
                label: components["schemas"]["Label"];
                /** @description Users, departments with those below, roles: `{"kind": "role", "id": "sales_rep"}`. With none, all who may claim. */
                members?: components["schemas"]["AnyObject"][] | null;
                /** @description Its records are seen by its members alone, as far as they are seen for waiting in a pool. */
                members_only?: boolean | null;
                /** @example east */
                name: string;
                /** Format: int32 */
                new_hours?: number | null;
                not_counted?: components["schemas"]["AnyObject"] | null;
                /** @example customer */
                object: string;
                reasons?: components["schemas"]["FieldOption"][] | null;
                recycle?: components["schemas"]["RecycleForm"] | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_ReaderItem: {
            items: {
                department: string;
                name: string;
                /** Format: uuid */
                user: string;
            }[];
        };
        /** @description A list that is not paged. */
        Items_RequestItem: {
            items: {
                /** Format: int32 */
                days: number | null;
                decisions: components["schemas"]["DecisionItem"][];
                edit: boolean;
                /** Format: int32 */
                hours: number | null;
                /** Format: uuid */
                id: string;
                /**
                 * @description `access`, `export`, `break_glass` or `record`.
                 * @example access
                 */
                kind: string;
                /** Format: int64 */
                lapses_at: number | null;
                /** Format: int64 */
                made_at: number;
                /** @description By what the caller may decide; `null` where they may not. */
                may: string | null;
                /** @example customer */
                object: string;
                question: components["schemas"]["AnyObject"] | null;
                reason: string;
                /** Format: uuid */
                record: string | null;
                /** Format: uuid */
                requester: string;
                requester_name: string;
                /** Format: int64 */
                rows: number | null;
                /**
                 * @description `waiting`, `approved`, `refused`, `withdrawn`, `lapsed` or `used`. A refusal of access to a record that one may not know
                 *     of shows as `waiting`, and later as `lapsed`, to who asked.
                 * @example waiting
                 */
                state: string;
                /** @description Steps done. */
                step: number;
                steps: number;
                /**
                 * Format: int64
                 * @description When the access that it gave ends.
                 */
                until: number | null;
                /**
                 * Format: int64
                 * @description To be sent with the decision.
                 */
                version: number | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_ReturningView: {
            items: {
                /** @description The pool's name. */
                pool: string;
                /** @description With the field that names it. */
                record: components["schemas"]["Record"];
                /** Format: int64 */
                returns_at: number;
            }[];
        };
        /** @description A list that is not paged. */
        Items_RoleView: {
            items: {
                /** @description Roles nobody may hold together with it. */
                excludes: string[];
                /**
                 * Format: int32
                 * @description Most rows one export of a holder may have.
                 */
                export_rows: number | null;
                label: components["schemas"]["Label"];
                name: string;
            }[];
        };
        /** @description A list that is not paged. */
        Items_RunItem: {
            items: {
                /** Format: int64 */
                at: number;
                /** Format: int32 */
                attempts: number;
                /**
                 * Format: uuid
                 * @description Whose act set it off; `null` of a date.
                 */
                by: string | null;
                /** @description Why there was no answer: `inside`, `resolve`, `connect`, `tls`, `timeout`, `protocol` or `off`. */
                error: string | null;
                /** Format: uuid */
                id: string;
                /** Format: int64 */
                last_at: number | null;
                /** Format: int64 */
                next_at: number | null;
                /** @example opportunity */
                object: string;
                /** Format: uuid */
                record: string;
                rule: string;
                /** @description Fields it set. */
                set: string[];
                /** @description `set`, `task` or `webhook`: what could not be done. */
                skipped: string[];
                /**
                 * @description `done`; of what is told outside `waiting`, `delivered` or `dead`.
                 * @example done
                 */
                state: string;
                /**
                 * Format: int32
                 * @description What was answered last: an HTTP status.
                 */
                status: number | null;
                /** @description How many tasks it made. */
                tasks: number;
                /** @description How many people were given a notice. */
                told: number;
                webhook: string | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_SessionView: {
            items: {
                address: string | null;
                /** Format: int64 */
                created_at: number;
                /** @description The one this request was made with. */
                current: boolean;
                /** Format: int64 */
                expires_at: number;
                /** Format: uuid */
                id: string;
                mfa: boolean;
                /** Format: int64 */
                seen_at: number;
                user_agent: string | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_ShareView: {
            items: {
                edit: boolean;
                /** Format: uuid */
                granted_by: string;
                grantee: string;
                /** @description `user`, `department` or `role`. */
                grantee_kind: string;
                /** Format: uuid */
                id: string;
                kind: components["schemas"]["ShareKind"];
                /** Format: int64 */
                until: number | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_TokenView: {
            items: {
                actions: string[] | null;
                /** Format: int64 */
                created_at: number;
                /** Format: int64 */
                ended_at: number | null;
                /** Format: int64 */
                expires_at: number;
                /** Format: uuid */
                id: string;
                name: string;
                /** Format: int64 */
                used_at: number | null;
            }[];
        };
        /** @description A list that is not paged. */
        Items_TracedView: {
            items: {
                /**
                 * Format: int32
                 * @description Letters of ids that stand as this export writes them, of `letters`.
                 */
                agree: number;
                export: components["schemas"]["ExportView"];
                /** Format: int32 */
                letters: number;
                /** @description The file names it. */
                named: boolean;
            }[];
        };
        /** @description A list that is not paged. */
        Items_UserView: {
            items: {
                /** Format: uuid */
                department: string;
                /** Format: uuid */
                id: string;
                /** @description `person`, `service` or `agent`. */
                kind: string;
                login: string;
                /** Format: uuid */
                manager: string | null;
                name: string;
                roles: string[];
                /** @description `active` or `disabled`. */
                status: string;
                /** Format: int64 */
                trained_until: number | null;
            }[];
        };
        /** @description A job of one's own. */
        JobForm: {
            /** @description Of `bulk`, what is done: `edit`, `transfer`, `share`, `delete`. */
            act: string | null;
            /** Format: int64 */
            began_at: number;
            /** @description Whether there were more than are kept. */
            cut: boolean;
            /**
             * Format: int64
             * @description Records looked at or tried, of how many.
             */
            done: number;
            /** Format: int64 */
            ended_at: number | null;
            /**
             * Format: int64
             * @description Records that were refused so far; of an import, rows that were not taken.
             */
            failed: number;
            /** @description Groups found so far. */
            found: number;
            /** Format: uuid */
            id: string;
            /**
             * @description `duplicate_scan`, `bulk`, `import`.
             * @example duplicate_scan
             */
            kind: string;
            /** @example customer */
            object: string;
            /**
             * @description `running`, `done`, `failed`, `cancelled`.
             * @example running
             */
            state: string;
            /** Format: int64 */
            total: number;
            /** @description Why it failed: `session_ended`, `account_disabled`, `forbidden`, … */
            why: string | null;
        };
        /** @description A mapping and the columns it is for. */
        KeptMappingForm: {
            headings: string[];
            mapping: components["schemas"]["MappingForm"];
        };
        /** @description A record that stays. */
        KeptRecord: {
            /** Format: uuid */
            id: string;
            /** @description `changed`, `has_related`, `shared`, `legal_hold`, `not_permitted`. */
            why: string;
        };
        /** @description The keys of the instance. */
        KeysAnswer: {
            /** Format: int32 */
            current: number;
            /** @description `file` or `pkcs11`. */
            provider: string;
            /**
             * Format: int64
             * @description Since when the log is signed by its key.
             */
            signed_since: number | null;
            /** @description Oldest first. */
            versions: components["schemas"]["KeyVersionView"][];
        };
        /** @description A version of the key-encryption key. */
        KeyVersionView: {
            /** Format: int64 */
            created_at: number;
            /**
             * Format: int64
             * @description Customers' keys wrapped under it.
             */
            customers: number;
            /**
             * Format: int64
             * @description Keys of exported files.
             */
            exports: number;
            /**
             * Format: int64
             * @description Keys of the log, each of one day and process.
             */
            log: number;
            /** Format: int32 */
            version: number;
        };
        /** @description A label in Chinese and English. */
        Label: {
            en: string;
            zh: string;
        };
        /** @description What is open to whoever holds the role and no other. */
        LayoutAnswer: {
            /** @description Administrative operations. */
            duties: string[];
            objects: components["schemas"]["ObjectFormView"][];
        };
        /** @description How forms and pages are laid out. A field that no section names stands after the others. */
        LayoutForm: {
            shown_if?: components["schemas"]["ShownIfForm"][];
            tabs: components["schemas"]["LayoutTabForm"][];
        };
        /** @description What to show it of. */
        LayoutRequest: {
            /** @default null */
            object: components["schemas"]["AnyObject"] | null;
        };
        /** @description Fields under one heading. */
        LayoutSectionForm: {
            /**
             * Format: int32
             * @description Fields beside each other.
             */
            columns: number;
            fields: string[];
            label: components["schemas"]["Label"];
        };
        /** @description Sections on one tab. */
        LayoutTabForm: {
            label: components["schemas"]["Label"];
            sections: components["schemas"]["LayoutSectionForm"][];
        };
        /** @description What somebody did with records in their last days, in numbers. */
        LookBackAnswer: {
            /**
             * Format: int64
             * @description Distinct customers touched.
             */
            customers: number;
            days: components["schemas"]["LookBackOfDay"][];
            /** Format: int64 */
            exported: number;
            /**
             * Format: int64
             * @description Exports begun, and records that left with them.
             */
            exports: number;
            /** Format: int64 */
            from: number;
            rows: components["schemas"]["LookBackLine"][];
            /** Format: int64 */
            to: number;
        };
        /** @description One operation: how often it was done and refused, and how many records it touched. */
        LookBackLine: {
            action: string;
            /** Format: int64 */
            events: number;
            /** Format: int64 */
            records: number;
            /** Format: int64 */
            refused: number;
        };
        /** @description One day of the company's calendar. */
        LookBackOfDay: {
            day: string;
            /** Format: int64 */
            events: number;
            /** Format: int64 */
            records: number;
        };
        /** @description A list's question and layout. */
        LookForm: {
            /**
             * @description Laid out as a board, by this choice.
             * @default null
             */
            board: string | null;
            /**
             * @description Laid out as a calendar, by this date.
             * @default null
             */
            calendar: string | null;
            /**
             * @description In their order; without them, those a list has by itself.
             * @default null
             */
            columns: string[] | null;
            /**
             * @description `compact`, `normal`, `roomy`.
             * @default normal
             */
            density: string;
            /** @default null */
            filter: components["schemas"]["Condition"] | null;
            /**
             * @description Which of them stay while the others scroll.
             * @default []
             */
            pinned: string[];
            /**
             * @description `all`, `mine`, `department`, `pool`: of whoever looks.
             * @default all
             */
            scope: string;
            /**
             * @description Up to three keys: `-amount`, `name`.
             * @default []
             */
            sort: string[];
            /**
             * @description In pixels, 40 to 1000, by column.
             * @default {}
             */
            widths: {
                [key: string]: number;
            };
        };
        /** @description A page of accesses to a record. */
        LooksAnswer: {
            items: components["schemas"]["LookView"][];
            /** @description The cursor of the next page; `null` at the end. */
            next: string | null;
        };
        /** @description Those of the records that the caller may list. */
        LookupAnswer: {
            items: components["schemas"]["Record"][];
        };
        /** @description Which records, and what of them. */
        LookupRequest: {
            /**
             * @description All the caller may see if left out.
             * @example [
             *       "name"
             *     ]
             */
            fields?: string[] | null;
            /** @description 1 to 200 ids of records. */
            ids: string[];
        };
        /** @description One access to a record. */
        LookView: {
            action: string;
            /** Format: int64 */
            at: number;
            channel: string;
            decision: string;
            /** Format: uuid */
            event: string;
            /** @description Fields shown masked, of those the caller sees. */
            masked: string[];
            /** Format: uuid */
            on_behalf_of: string | null;
            /** @description Fields shown in the clear, of those the caller sees. */
            shown: string[];
            /** @description `whole`, `erased`, `dropped`, `altered`. */
            state: string;
            /** Format: uuid */
            user: string;
            user_name: string;
        };
        /** @description What was made. */
        Made: {
            /** Format: uuid */
            id: string;
        };
        /** @description A record that was made. */
        MadeRecord: {
            /** Format: uuid */
            id: string;
            object: string;
        };
        /** @description Which column of a file becomes what. */
        MappingForm: {
            /** @description Fields by column. */
            columns: {
                [key: string]: string;
            };
            /** @description The column with the customer's outside key. */
            customer: string | null;
            /** @description Under which source customers were imported. */
            customer_source: string | null;
            /** @description Columns that together name a row outside. */
            key: string[];
            /** @description The column with the owner's login or name. */
            owner: string | null;
            source: string;
        };
        /** @description Who one is, and how one is signed in. */
        MeAnswer: {
            /** @description The only operations a token admits; `null` for all that the user may. */
            actions: string[] | null;
            /** Format: int64 */
            expires_at: number;
            mfa: boolean;
            /**
             * Format: uuid
             * @description `null` for a token.
             */
            session: string | null;
            /** Format: uuid */
            token: string | null;
            user: components["schemas"]["UserView"];
        };
        /** @description What counts towards a target. */
        MeasureForm: {
            amount: string;
            object: string;
            on: string;
            /** @description Only records that pass. */
            only?: components["schemas"]["Condition"];
            /** @description An option of the measure field. */
            value: string;
        };
        /** @description A pool that names the person as a member. */
        MemberPool: {
            object: string;
            pool: string;
        };
        /** @description Somebody mentioned, or who may be. */
        MentionItem: {
            name: string;
            /** Format: uuid */
            user: string;
        };
        /** @description A record that is merged into another, as it was read. */
        MergedPart: {
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What becomes one. */
        MergeRequest: {
            /** @description By field: the record whose value it is to have. */
            choose?: {
                [key: string]: string;
            };
            /** @description The others. */
            from: components["schemas"]["MergedPart"][];
            /**
             * Format: uuid
             * @description The record that stays.
             */
            into: string;
            /** @example 同一家客户录入了两次 */
            reason: string;
            /**
             * Format: int64
             * @description Its version that was read.
             */
            version: number;
        };
        /** @description What must hold: one of the two. */
        MustForm: {
            compare?: components["schemas"]["CompareForm"];
            hold?: components["schemas"]["Condition"];
        };
        /** @description A new name. */
        NameRequest: {
            name: string;
        };
        /** @description A department to make. */
        NewDepartment: {
            name: string;
            /**
             * Format: uuid
             * @description Left out only for a second root.
             */
            parent?: string | null;
        };
        /** @description A new record. */
        NewRecord: {
            /**
             * @description `false`: refuse it where there may be one already (`possible_duplicate`); `true`: make it all the same, recorded. Left
             *     out, nobody looks.
             */
            allow_duplicate?: boolean | null;
            /**
             * @description Values by field.
             * @example {
             *       "level": "A",
             *       "name": "上海明光贸易"
             *     }
             */
            fields: {
                [key: string]: components["schemas"]["FieldValue"];
            };
            /**
             * Format: uuid
             * @description Who is to own it; the caller if left out.
             */
            owner?: string | null;
            /** @description Without an owner, in the public pool 公海. */
            pool?: boolean;
        };
        /** @description One row. */
        NewRow: {
            /** @description The outside key of the customer it belongs to. */
            customer_key?: string | null;
            fields: {
                [key: string]: components["schemas"]["FieldValue"];
            };
            /** @description What the record is called outside; a rerun finds it by this. */
            key: string;
            /** @description Login of the owner, or their name if exactly one active person has it. */
            owner?: string | null;
            pool?: boolean;
        };
        /** @description An account to make. */
        NewUserRequest: {
            /** Format: uuid */
            department: string;
            /**
             * @description `person`, `service` or `agent`.
             * @example person
             */
            kind: string;
            /**
             * @description 2 to 64 of `a-z 0-9 . _ - @`. Never changed, never given to someone else.
             * @example li.wei
             */
            login: string;
            /** Format: uuid */
            manager?: string | null;
            name: string;
            /** Format: int64 */
            trained_until?: number | null;
        };
        /** @description A notice. What it is about is looked at where it stands, by the reader's rights: nothing of it is in here. */
        NoticeItem: {
            /**
             * Format: uuid
             * @description The comment, request, export, handover, job or rule.
             */
            about: string | null;
            /** Format: int64 */
            at: number;
            /** Format: uuid */
            by: string | null;
            by_name: string | null;
            /** Format: uuid */
            id: string;
            /**
             * @description `assigned`, `handed_over`, `returned`, `mentioned`, `commented`, `request_waits`, `request_decided`, `due_today`,
             *     `returning`, `export_ready`, `emergency_access`, `job_ended` or `rule`.
             * @example mentioned
             */
            kind: string;
            object: string | null;
            /** Format: int64 */
            read_at: number | null;
            /** Format: uuid */
            record: string | null;
            said: components["schemas"]["Label"] | null;
            /**
             * Format: int64
             * @description When what it announces happens.
             */
            until: number | null;
        };
        /** @description A page of them. */
        NoticeItems: {
            items: components["schemas"]["NoticeItem"][];
            next: string | null;
        };
        /** @description Kinds of notices that are neither shown nor counted. */
        NoticeSettingsForm: {
            /**
             * @example [
             *       "commented"
             *     ]
             */
            off: string[];
        };
        /** @description An object type whose records the caller may list. */
        ObjectFormView: {
            /** @description Operations that are open on some record: `list`, `view`, `create`, … */
            actions: string[];
            /** @description The fields of a card below its title; where there are none, the first columns. */
            card: string[];
            /** @description What must hold, as far as the caller sees every field in it. */
            checks: components["schemas"]["CheckForm"][];
            /** @description The field that says whose data a record is. */
            customer_field: string | null;
            fields: components["schemas"]["FieldFormView"][];
            has_pool: boolean;
            label: components["schemas"]["Label"];
            /** @description Of the fields the caller sees. */
            layout?: components["schemas"]["LayoutForm"];
            /** @example customer */
            name: string;
            process: components["schemas"]["ProcessForm"];
            /** @description What is required under a condition, as far as the caller sees every field in it. */
            required_if: components["schemas"]["RequiredIfForm"][];
            /** @description The field that stands for a record; `null` where the caller never sees it. */
            title_field: string | null;
        };
        /** @description Changes of an object type; what is left out stays. */
        ObjectPatch: {
            /** @default null */
            approval: components["schemas"]["ApprovalRulesForm"] | null;
            /**
             * @description The fields that a card shows below its title, at most 6.
             * @default null
             */
            card: string[] | null;
            /**
             * @description All rules of what must hold.
             * @default null
             */
            checks: components["schemas"]["CheckForm"][] | null;
            /** @default null */
            has_pool: boolean | null;
            /** @default null */
            label: components["schemas"]["Label"] | null;
            /** @default null */
            layout: components["schemas"]["LayoutForm"] | null;
            /**
             * @description The fields in the order wanted, each once.
             * @default null
             */
            order: string[] | null;
            /**
             * @description All fields that are required under a condition.
             * @default null
             */
            required_if: components["schemas"]["RequiredIfForm"][] | null;
            /** @default null */
            title_field: string | null;
        };
        /** @description One version of a definition. */
        ObjectVersionView: {
            /**
             * Format: int64
             * @description Milliseconds since 1970; `null` of what was shipped, or came before versions were kept.
             */
            at: number | null;
            /** Format: uuid */
            author: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description An object type and its version. */
        ObjectView: {
            object: components["schemas"]["AnyObject"];
            /** Format: int64 */
            version: number;
        };
        /** @description Which view. */
        OpensRequest: {
            /**
             * Format: uuid
             * @description `null` for the plain list.
             */
            view?: string | null;
        };
        /** @description What became of an act on many records. */
        OutcomeAnswer: {
            /**
             * Format: int64
             * @description How many were done so far.
             */
            done: number;
            /** @description Those that were refused: the first thousand, of those that the caller may list now. */
            failed: components["schemas"]["RefusedForm"][];
            job: components["schemas"]["JobForm"];
            reasons: components["schemas"]["ReasonForm"][];
        };
        /** @description How many records of an object type. */
        OwnedView: {
            /** Format: int64 */
            count: number;
            object: string;
        };
        /** @description A pool as somebody sees who may list its object. */
        OwnPoolView: {
            /** Format: int64 */
            claimed_today: number;
            /** Format: int32 */
            daily_claims: number | null;
            /** Format: int32 */
            former_owner_days: number;
            /**
             * Format: int64
             * @description Records that count for it.
             */
            holding: number;
            /**
             * Format: int32
             * @description 库容
             */
            holding_limit: number | null;
            label: components["schemas"]["Label"];
            /** @description Whether the caller may claim from it. */
            member: boolean;
            name: string;
            /** Format: int32 */
            new_hours: number;
            /** @example customer */
            object: string;
            /** @description Reasons of return; without any, none is asked. */
            reasons: components["schemas"]["FieldOption"][];
            /**
             * Format: int32
             * @description Days without work after which a record goes back; `null` where none does.
             */
            recycle_days: number | null;
        };
        /** @description A new parent. */
        ParentRequest: {
            /**
             * Format: uuid
             * @description `null` for a root.
             */
            parent?: string | null;
        };
        /** @description The present and the new password. */
        PasswordRequest: {
            /** Format: password */
            old_password: string;
            /**
             * Format: password
             * @description 10 to 256 characters; length counts, kinds of characters do not.
             */
            password: string;
        };
        /** @description One of the caller's imports. */
        PastImportForm: {
            /** Format: int64 */
            began_at: number;
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            created: number;
            /** Format: int64 */
            ended_at: number;
            /** Format: uuid */
            job: string;
            object: string;
            /**
             * Format: int64
             * @description Records taken away again.
             */
            removed: number;
            /** Format: int64 */
            rows: number;
            source: string;
            /** Format: int64 */
            unchanged: number;
            /**
             * Format: int64
             * @description Until when it can be undone.
             */
            undo_until: number;
        };
        /** @description 销售阶段 */
        PipelineForm: {
            amount: string;
            closes: string;
            stage: string;
            stages: components["schemas"]["StageForm"][];
        };
        /** @description A version of the policy in full. */
        PolicyAnswer: {
            /** Format: int64 */
            at: number;
            /** Format: uuid */
            author: string;
            /** @description SHA-256 of the policy's canonical JSON, in hexadecimal. */
            hash: string;
            policy: components["schemas"]["AnyObject"];
            reason: string;
            /** Format: int64 */
            version: number;
        };
        /** @description A version of the policy, and what it changed. */
        PolicyLine: {
            /** Format: int64 */
            at: number;
            /** Format: uuid */
            author: string;
            diff: components["schemas"]["AnyObject"];
            hash: string;
            reason: string;
            /** Format: int64 */
            version: number;
        };
        /** @description Fields that the server keeps of a record's way through pools. */
        PoolFieldsForm: {
            claimed_by: string;
            former: string;
            name: string;
            owned: string;
            reason: string;
            since: string;
        };
        /** @description A pool. */
        PoolForm: {
            /** Format: int32 */
            daily_claims?: number | null;
            /** Format: int32 */
            former_owner_days?: number | null;
            /**
             * Format: int32
             * @description 库容
             */
            holding?: number | null;
            /** @description The holding limit also stands against transfers, creation, conversion and imports. */
            holding_always?: boolean | null;
            label: components["schemas"]["Label"];
            /** @description Users, departments with those below, roles: `{"kind": "role", "id": "sales_rep"}`. With none, all who may claim. */
            members?: components["schemas"]["AnyObject"][] | null;
            /** @description Its records are seen by its members alone, as far as they are seen for waiting in a pool. */
            members_only?: boolean | null;
            /** @example east */
            name: string;
            /** Format: int32 */
            new_hours?: number | null;
            not_counted?: components["schemas"]["AnyObject"] | null;
            /** @example customer */
            object: string;
            reasons?: components["schemas"]["FieldOption"][] | null;
            recycle?: components["schemas"]["RecycleForm"] | null;
        };
        /** @description All pools, in order. */
        PoolsRequest: {
            pools: components["schemas"]["PoolForm"][];
        };
        /** @description A policy as it is wanted. */
        PreviewAuditRequest: {
            policy: components["schemas"]["AuditPolicy"];
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            /**
             * @description Stable; clients decide by it.
             * @example not_found
             */
            code: string;
            detail?: string;
            errors?: components["schemas"]["ProblemItem"][];
            help: components["schemas"]["HelpText"];
            /** @description Ids of the matrix rows that decided. */
            rules?: string[];
            /**
             * Format: int32
             * @example 404
             */
            status: number;
            title: string;
            /** @description The request's id; left out of 404. */
            trace_id?: string;
            /**
             * @description `urn:whosaw:problem:<code>`
             * @example urn:whosaw:problem:not_found
             */
            type: string;
        };
        /** @description One thing that is wrong with a request. */
        ProblemItem: {
            /**
             * @description Stable.
             * @example invalid_value
             */
            code: string;
            /** @description The same for people, in both languages. */
            help: components["schemas"]["HelpText"];
            /**
             * @description JSON pointer into the body (`/fields/phone`), or `/query/limit`, `/header/If-Match`.
             * @example /fields/phone
             */
            pointer: string;
            /**
             * @description In English, without the value.
             * @example expected a phone number
             */
            reason: string;
        };
        /** @description What records go through. A part is there if the caller ever sees the fields it needs. */
        ProcessForm: {
            approval?: components["schemas"]["ApprovalForm"];
            convert?: components["schemas"]["ConvertForm"];
            dashboard?: components["schemas"]["DashboardForm"];
            discard?: components["schemas"]["DiscardForm"];
            done?: components["schemas"]["DoneForm"];
            /** @description What is often made after a record. */
            next?: components["schemas"]["BecomesForm"][];
            pipeline?: components["schemas"]["PipelineForm"];
            pool?: components["schemas"]["PoolFieldsForm"];
            target?: components["schemas"]["TargetForm"];
        };
        /** @description A proposal. */
        ProposeAuditRequest: {
            /**
             * Format: int32
             * @description The version in force that it starts from.
             */
            base: number;
            policy: components["schemas"]["AuditPolicy"];
            /** @description Why. It stands in the log. */
            reason: string;
        };
        /** @description A policy to put in force. */
        PublishRequest: {
            /**
             * Format: int64
             * @description The version its author started from.
             */
            base: number;
            policy: components["schemas"]["AnyObject"];
            reason: string;
        };
        /** @description A question in a body. */
        Question: {
            /**
             * Format: uuid
             * @default null
             */
            customer: string | null;
            /**
             * @description All the caller may see if left out.
             * @default null
             */
            fields: string[] | null;
            /** @default null */
            filter: components["schemas"]["Condition"] | null;
            /** @default null */
            search: string | null;
            /**
             * @description As in a list.
             * @default null
             * @example -updated_at
             */
            sort: string | null;
        };
        /** @description Somebody who reads what is said about a record. */
        ReaderItem: {
            department: string;
            name: string;
            /** Format: uuid */
            user: string;
        };
        /** @description Why some were refused. */
        ReasonForm: {
            /** @example forbidden_on_record */
            code: string;
            /** Format: int64 */
            count: number;
            /** @description The same for people, in both languages. */
            help: components["schemas"]["HelpText"];
        };
        /** @description Who receives records: exactly one of the three. */
        ReceiverForm: {
            /** @description The leaver's manager. */
            manager?: boolean;
            /** @description A public pool, by its name. */
            pool?: string | null;
            /** @description One, or several by turns. */
            users?: string[] | null;
        };
        /** @description A record as disclosed to the caller: only fields they may see, each in the clear or masked. */
        Record: {
            /**
             * Format: int64
             * @description Milliseconds since 1970 (UTC), as every time of the API.
             */
            created_at: number;
            /**
             * Format: uuid
             * @description Whose data it is.
             */
            customer: string;
            /** Format: uuid */
            department: string | null;
            /** @description Which fields the caller may change. */
            editable: string[];
            /** @description Values by field. A field without a value is `null`; a hidden field is not there. */
            fields: {
                [key: string]: components["schemas"]["FieldValue"];
            };
            /** Format: uuid */
            id: string;
            /** @description Which of `fields` are masked. */
            masked: string[];
            /** @example customer */
            object: string;
            /** Format: uuid */
            owner: string | null;
            /** @description In the public pool 公海. */
            pool: boolean;
            /** Format: int64 */
            updated_at: number;
            /**
             * Format: int64
             * @description Counts changes from 1; the ETag.
             */
            version: number;
        };
        /** @description A page of records. */
        RecordPage: {
            items: components["schemas"]["Record"][];
            /** @description The cursor of the next page; `null` at the end. */
            next: string | null;
        };
        /** @description A merge patch (RFC 7396) over the record's fields. */
        RecordPatch: {
            /** @description `false`: refused with `possible_duplicate` where another record may be the same by a changed field; left out, nobody looks. */
            allow_duplicate?: boolean | null;
            /**
             * @description New values by field; `null` takes a value away; fields that are left out stay.
             * @example {
             *       "level": "B"
             *     }
             */
            fields: {
                [key: string]: components["schemas"]["FieldValue"];
            };
        };
        /** @description How many records went back. */
        RecycledAnswer: {
            /** Format: int64 */
            returned: number;
        };
        /** @description When a record goes back. */
        RecycleForm: {
            /**
             * @description The object type whose new records count as work; without one, any change of the record does.
             * @example follow_up
             */
            activity?: string | null;
            /**
             * Format: int32
             * @description Days without work.
             */
            days: number;
            /** @description Also what members own that never came from a pool. */
            own_too?: boolean | null;
            /**
             * Format: int32
             * @description Days before, the owner is reminded.
             */
            remind_days?: number | null;
            spared?: components["schemas"]["AnyObject"] | null;
        };
        /** @description One that was refused. */
        RefusedForm: {
            /** @description One of the reasons. */
            code: string;
            /** Format: uuid */
            id: string;
        };
        /** @description A row that was not taken. */
        Rejected: {
            errors: components["schemas"]["ProblemItem"][];
            /**
             * Format: int64
             * @description Counted from `first_row`.
             */
            row: number;
        };
        /** @description A request. */
        RequestItem: {
            /** Format: int32 */
            days: number | null;
            decisions: components["schemas"]["DecisionItem"][];
            edit: boolean;
            /** Format: int32 */
            hours: number | null;
            /** Format: uuid */
            id: string;
            /**
             * @description `access`, `export`, `break_glass` or `record`.
             * @example access
             */
            kind: string;
            /** Format: int64 */
            lapses_at: number | null;
            /** Format: int64 */
            made_at: number;
            /** @description By what the caller may decide; `null` where they may not. */
            may: string | null;
            /** @example customer */
            object: string;
            question: components["schemas"]["AnyObject"] | null;
            reason: string;
            /** Format: uuid */
            record: string | null;
            /** Format: uuid */
            requester: string;
            requester_name: string;
            /** Format: int64 */
            rows: number | null;
            /**
             * @description `waiting`, `approved`, `refused`, `withdrawn`, `lapsed` or `used`. A refusal of access to a record that one may not know
             *     of shows as `waiting`, and later as `lapsed`, to who asked.
             * @example waiting
             */
            state: string;
            /** @description Steps done. */
            step: number;
            steps: number;
            /**
             * Format: int64
             * @description When the access that it gave ends.
             */
            until: number | null;
            /**
             * Format: int64
             * @description To be sent with the decision.
             */
            version: number | null;
        };
        /** @description A field that must have a value while a condition holds. */
        RequiredIfForm: {
            field: string;
            when: components["schemas"]["Condition"];
        };
        /** @description Which version to take back, and which one it follows. */
        RestoreRequest: {
            /**
             * Format: int64
             * @description The version in force that was looked at; if another has come since, nothing is changed.
             */
            current: number;
            /** Format: int64 */
            version: number;
        };
        /** @description What a retention dropped. */
        RetainedAnswer: {
            /**
             * Format: int64
             * @description Events kept because of a legal hold.
             */
            held: number;
            /**
             * Format: int64
             * @description Keys that were destroyed, each of one day; what they sealed cannot be read any more.
             */
            keys: number;
        };
        /** @description How long things are kept now. */
        RetentionAnswer: {
            /**
             * Format: int32
             * @description Bodies of events are dropped after so many days; `null` keeps them.
             */
            audit_days: number | null;
            /**
             * Format: int32
             * @description A customer may not be erased before this many days.
             */
            duty_days: number;
            /**
             * Format: int32
             * @description The least `audit_days` may be.
             */
            least_audit_days: number;
        };
        /** @description How long things are kept. */
        RetentionRequest: {
            /**
             * Format: int32
             * @description Bodies of events are dropped after so many days; `null` keeps them.
             */
            audit_days?: number | null;
            /**
             * Format: int32
             * @description A customer may not be erased before this many days.
             */
            duty_days: number;
        };
        /** @description A record that goes back unless somebody works on it. */
        ReturningView: {
            /** @description The pool's name. */
            pool: string;
            /** @description With the field that names it. */
            record: components["schemas"]["Record"];
            /** Format: int64 */
            returns_at: number;
        };
        /** @description Which fields, and why. */
        RevealRequest: {
            /**
             * @example [
             *       "phone"
             *     ]
             */
            fields: string[];
            /** @description Recorded with the event; instead of `X-Purpose`. */
            purpose?: string | null;
        };
        /** @description How often masked fields may be revealed, for everybody. */
        RevealRulesForm: {
            /**
             * Format: int32
             * @description Reveals of one person in 24 hours; `null` sets no limit.
             */
            per_day: number | null;
        };
        /** @description What is left of the reveals of 24 hours. */
        RevealsView: {
            /**
             * Format: int32
             * @description `null` where there is no limit.
             */
            left: number | null;
            /**
             * Format: int32
             * @description `null` where there is no limit.
             */
            per_day: number | null;
        };
        /** @description What a user may do at the best circumstances, and when they last did. */
        RightsUseAnswer: {
            /** Format: int64 */
            from: number;
            rights: components["schemas"]["RightUseView"][];
        };
        /** @description One right of the user. */
        RightUseView: {
            action: string;
            /**
             * Format: int64
             * @description When it was last used; `null`: not in that time.
             */
            last: number | null;
            /** @description `null` for a duty. */
            object: string | null;
        };
        /** @description A role by its name. */
        RoleName: {
            label: components["schemas"]["Label"];
            name: string;
        };
        /** @description What a role is. What it may do is the policy's. */
        RoleRequest: {
            excludes?: string[];
            /** Format: int32 */
            export_rows?: number | null;
            label: components["schemas"]["Label"];
        };
        /** @description A role. */
        RoleView: {
            /** @description Roles nobody may hold together with it. */
            excludes: string[];
            /**
             * Format: int32
             * @description Most rows one export of a holder may have.
             */
            export_rows: number | null;
            label: components["schemas"]["Label"];
            name: string;
        };
        /** @description An earlier policy to put in force again. */
        RollBackRequest: {
            /** Format: int64 */
            base: number;
            reason: string;
            /** Format: int64 */
            to: number;
        };
        /** @description What a roll-up works out. */
        RollUpValue: {
            field: string;
            /** @description `sum`, `avg`, `min`, `max`. */
            work: string;
        };
        /** @description The row that was added. */
        RowAnswer: {
            row: string;
        };
        /** @description A rule of the matrix made for one person, with an end. */
        RuleGrantItem: {
            rule: string;
            title: components["schemas"]["Label"];
            /** Format: int64 */
            until: number;
            /** Format: uuid */
            user: string;
            user_name: string;
        };
        /** @description What a rule did. */
        RunItem: {
            /** Format: int64 */
            at: number;
            /** Format: int32 */
            attempts: number;
            /**
             * Format: uuid
             * @description Whose act set it off; `null` of a date.
             */
            by: string | null;
            /** @description Why there was no answer: `inside`, `resolve`, `connect`, `tls`, `timeout`, `protocol` or `off`. */
            error: string | null;
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            last_at: number | null;
            /** Format: int64 */
            next_at: number | null;
            /** @example opportunity */
            object: string;
            /** Format: uuid */
            record: string;
            rule: string;
            /** @description Fields it set. */
            set: string[];
            /** @description `set`, `task` or `webhook`: what could not be done. */
            skipped: string[];
            /**
             * @description `done`; of what is told outside `waiting`, `delivered` or `dead`.
             * @example done
             */
            state: string;
            /**
             * Format: int32
             * @description What was answered last: an HTTP status.
             */
            status: number | null;
            /** @description How many tasks it made. */
            tasks: number;
            /** @description How many people were given a notice. */
            told: number;
            webhook: string | null;
        };
        /** @description Somebody who may give a word. */
        SeatedItem: {
            /** @description `named`, `stand_in`, `deputy` or `escalated`. */
            by: string;
            /** Format: uuid */
            user: string;
        };
        /** @description One whose word is asked for, and who may give it. */
        SeatItem: {
            may: components["schemas"]["SeatedItem"][];
            /** Format: uuid */
            of: string;
        };
        /** @description The secrets that were made, by endpoint: shown once. */
        SecretsAnswer: {
            /**
             * @example {
             *       "erp": "whsec_…"
             *     }
             */
            secrets: {
                [key: string]: string;
            };
        };
        /** @description Who saw a customer. */
        SeenAnswer: {
            /** Format: uuid */
            customer: string;
            /**
             * Format: int64
             * @description What happened before was dropped when its retention ended.
             */
            kept_since: number | null;
            /** @description Records that were merged into the one asked about; the answer is about them too. */
            merged: string[];
            page: components["schemas"]["TouchPage"];
        };
        /** @description A session, without its secret: that is in the cookie. */
        SessionAnswer: {
            /** Format: int64 */
            expires_at: number;
            /** @description Signed in with a second factor. */
            mfa: boolean;
            /** @description The session can only change the password. */
            must_change: boolean;
            /** Format: uuid */
            session: string;
            /** Format: uuid */
            user: string;
        };
        /** @description A live session. */
        SessionView: {
            address: string | null;
            /** Format: int64 */
            created_at: number;
            /** @description The one this request was made with. */
            current: boolean;
            /** Format: int64 */
            expires_at: number;
            /** Format: uuid */
            id: string;
            mfa: boolean;
            /** Format: int64 */
            seen_at: number;
            user_agent: string | null;
        };
        /**
         * @description How somebody takes part.
         * @enum {string}
         */
        ShareKind: "share" | "collaborator" | "viewer";
        /** @description A share to make. */
        ShareRequest: {
            /** @description To edit as well; without it, to read. */
            edit?: boolean;
            kind: components["schemas"]["ShareKind"];
            to: components["schemas"]["ShareTo"];
            /**
             * Format: int64
             * @description When it ends, in milliseconds since 1970. Needed for a share, at most 366 days away.
             */
            until?: number | null;
        };
        /** @description To whom: exactly one of them. */
        ShareTo: {
            /**
             * Format: uuid
             * @description The department and those below it.
             */
            department?: string | null;
            role?: string | null;
            /** Format: uuid */
            user?: string | null;
        };
        /** @description Somebody who takes part. */
        ShareView: {
            edit: boolean;
            /** Format: uuid */
            granted_by: string;
            grantee: string;
            /** @description `user`, `department` or `role`. */
            grantee_kind: string;
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["ShareKind"];
            /** Format: int64 */
            until: number | null;
        };
        /** @description A field shown only while a condition holds. */
        ShownIfForm: {
            field: string;
            when: components["schemas"]["AnyObject"];
        };
        /** @description What someone signs in with. */
        SignInRequest: {
            /** @description Six digits of the second factor, where one is set up. */
            code?: string | null;
            /** @example li.wei */
            login: string;
            /** Format: password */
            password: string;
        };
        /** @description A stage of a pipeline. */
        StageForm: {
            /** @description `won` or `lost`. */
            outcome?: string;
            /**
             * Format: int32
             * @description In hundredths.
             */
            probability: number;
            required: string[];
            value: string;
        };
        /** @description Active or disabled. */
        StatusRequest: {
            /** @example disabled */
            status: string;
        };
        /** @description A step of a flow. */
        StepForm: {
            /** @description `{"kind": "user", "id": …}`, `role`, `manager` (level from 1), `department_role`, `owner`, `owner_line`. */
            approvers: components["schemas"]["AnyObject"][];
            /**
             * Format: int32
             * @description After so many hours the approvers' managers may decide too.
             */
            hours?: number | null;
            /** @description `any` 或签 or `all` 会签. */
            mode?: string | null;
        };
        /** @description Why it should be approved. */
        SubmitRequest: {
            /** @description Sealed at rest, and in no log. */
            reason: string;
        };
        /** @description One time that a file was taken. */
        TakenView: {
            /** @description From where. */
            address: string | null;
            /** Format: int64 */
            at: number;
        };
        /** @description 业绩目标 */
        TargetForm: {
            amount: string;
            measure: string;
            measures: components["schemas"]["MeasureForm"][];
            period: string;
            reach: string;
            starts: string;
        };
        /** @description What one person may do for a while 临时权限. */
        TemporaryRequest: {
            grant: components["schemas"]["AnyObject"];
            reason: string;
        };
        /** @description One entry: a comment, an activity or a change. */
        TimelineItem: {
            activity: components["schemas"]["Record"] | null;
            /** Format: int64 */
            at: number;
            change: components["schemas"]["ChangeItem"] | null;
            comment: components["schemas"]["CommentItem"] | null;
        };
        /** @description A page of entries. */
        TimelineItems: {
            items: components["schemas"]["TimelineItem"][];
            next: string | null;
            /** @description Whether the caller may read comments on this record. */
            readable: boolean;
        };
        /** @description A new token. */
        TokenAnswer: {
            /** Format: uuid */
            id: string;
            /**
             * @description Shown now and never again.
             * @example whosaw_pat_…
             */
            secret: string;
        };
        /** @description A token to make. */
        TokenRequest: {
            /**
             * @description The only operations it admits; all that its owner may if left out.
             * @example [
             *       "list",
             *       "view"
             *     ]
             */
            actions?: string[] | null;
            /**
             * Format: int64
             * @description Milliseconds since 1970, at most 365 days away.
             */
            expires_at: number;
            /** @example nightly report */
            name: string;
            /**
             * Format: uuid
             * @description A service account the caller answers for.
             */
            service?: string | null;
        };
        /** @description A token, without its secret. */
        TokenView: {
            actions: string[] | null;
            /** Format: int64 */
            created_at: number;
            /** Format: int64 */
            ended_at: number | null;
            /** Format: int64 */
            expires_at: number;
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: int64 */
            used_at: number | null;
        };
        /** @description What an authenticator app is given, once. */
        TotpAnswer: {
            /** @description Base32, to be typed. */
            secret: string;
            /** @description `otpauth://totp/…`, to be shown as a QR code. */
            url: string;
        };
        /** @description How often a customer was touched. */
        TouchedCustomer: {
            /** Format: uuid */
            customer: string;
            /** Format: int64 */
            events: number;
            /** Format: int64 */
            last: number;
        };
        /** @description A page of touches. */
        TouchPage: {
            items: components["schemas"]["EventTouch"][];
            next: string | null;
        };
        /** @description An export that the file may have come from. */
        TracedView: {
            /**
             * Format: int32
             * @description Letters of ids that stand as this export writes them, of `letters`.
             */
            agree: number;
            export: components["schemas"]["ExportView"];
            /** Format: int32 */
            letters: number;
            /** @description The file names it. */
            named: boolean;
        };
        /** @description What was found in the file. */
        TraceRequest: {
            /** @description Ids of records, letter by letter as they stand in the file. At most 200. */
            ids?: string[];
            /** @description Ids of exports that the file names: in its last row or its properties. At most 200. */
            named?: string[];
        };
        /** @description To whom: a user, or the pool. */
        TransferRequest: {
            /** @description Back into a public pool 公海. */
            pool?: boolean;
            purpose?: string | null;
            /** @description Why it is returned: one of the pool's reasons, where it has any. */
            reason?: string | null;
            /** @description Which pool, by its name; without it, the one the record came from, else the owner's first. */
            to_pool?: string | null;
            /** Format: uuid */
            user?: string | null;
            /** @description Also the records of the same customer that have the same owner. They always go with a return. */
            with_related?: boolean;
        };
        /** @description What became of a chunk. */
        UndoAnswer: {
            /** @description Those of the kept that the caller may view. */
            kept: components["schemas"]["KeptRecord"][];
            /** Format: int64 */
            kept_count: number;
            /**
             * Format: uuid
             * @description Where the next chunk begins; `null` when this was the last.
             */
            next: string | null;
            /** Format: int64 */
            removed: number;
        };
        /** @description Which import, and from where on. */
        UndoRequest: {
            /**
             * Format: uuid
             * @description `next` of the chunk before.
             */
            after?: string | null;
            /** Format: uuid */
            job: string;
        };
        /** @description Changes of an account; what is left out stays, `null` takes away. */
        UserPatch: {
            /** Format: uuid */
            department?: string | null;
            /** Format: uuid */
            manager?: string | null;
            name?: string | null;
            /** Format: int64 */
            trained_until?: number | null;
        };
        /** @description An account, without anything one could sign in with. */
        UserView: {
            /** Format: uuid */
            department: string;
            /** Format: uuid */
            id: string;
            /** @description `person`, `service` or `agent`. */
            kind: string;
            login: string;
            /** Format: uuid */
            manager: string | null;
            name: string;
            roles: string[];
            /** @description `active` or `disabled`. */
            status: string;
            /** Format: int64 */
            trained_until: number | null;
        };
        /** @description The version in force now. */
        VersionAnswer: {
            /** Format: int64 */
            version: number;
        };
        /** @description A view as the caller has it before them. */
        ViewForm: {
            /** Format: uuid */
            id: string;
            /** @description Parts that name something the caller does not have: `filter`, `sort`, `columns`, `mode`. */
            left_out: string[];
            look: components["schemas"]["LookForm"];
            name: string;
            /** @description The caller's own: only these they change. */
            own: boolean;
            /** Format: uuid */
            owner: string;
            owner_name: string;
            preset: boolean;
            /** @description Roles it is shared with; of another's view, those of the caller. */
            shared: string[];
        };
        /** @description A view to be kept. */
        ViewRequest: {
            look?: components["schemas"]["LookForm"];
            name: string;
            /** @description Opens first for those it is shared with, until they choose otherwise. */
            preset?: boolean;
            /** @description Roles of people who report to the caller. */
            shared?: string[];
        };
        /** @description Views of an object type. */
        ViewsAnswer: {
            /**
             * Format: uuid
             * @description What the list opens with; `null` for the plain list.
             */
            opens: string | null;
            /** @description Roles that the caller may share with: those of people who report to them. */
            share_with: string[];
            /** @description The caller's own first. */
            views: components["schemas"]["ViewForm"][];
        };
        /** @description What waits for somebody. */
        WaitingForm: {
            /**
             * Format: int64
             * @description Requests that wait for their word.
             */
            requests: number;
            /**
             * Format: int64
             * @description Notices that were not read.
             */
            unread: number;
        };
        /** @description The question. */
        WhatCanRequest: {
            circumstances?: components["schemas"]["CircumstancesRequest"];
            /** @example customer */
            object: string;
            /** Format: uuid */
            user: string;
        };
        /** @description The question. */
        WhoCanRequest: {
            /** @example view */
            action: string;
            circumstances?: components["schemas"]["CircumstancesRequest"];
            /** @example customer */
            object: string;
            /** Format: uuid */
            record: string;
        };
        /** @description The question. */
        WhyRequest: {
            /** @example view */
            action: string;
            circumstances?: components["schemas"]["CircumstancesRequest"];
            /** @example customer */
            object: string;
            /** Format: uuid */
            record: string;
            /** Format: uuid */
            user: string;
        };
        /** @description What to work out. */
        WorkOut: {
            /**
             * @description A clear number or amount.
             * @example amount
             */
            field: string;
            /**
             * @description What is worked out of a number.
             * @enum {string}
             */
            work: "sum" | "avg" | "min" | "max";
        };
        /** @description What is open to the caller. */
        WorkspaceAnswer: {
            departments: components["schemas"]["DepartmentView"][];
            /** @description Administrative operations: `audit.read`, `user.manage`, … */
            duties: string[];
            objects: components["schemas"]["ObjectFormView"][];
            /** @description All roles, to share with. */
            roles: components["schemas"]["RoleName"][];
        };
        /** @description A record that was made or changed, and its version now. */
        Written: {
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    document: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_grants: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what has not ended, soonest to end first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantsAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_grant: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ended */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rights_use: {
        parameters: {
            query?: {
                /** @description Days, 1 to 366; without it, 90. */
                days?: number;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description rights; no record */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsUseAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    what_can: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhatCanRequest"];
            };
        };
        responses: {
            /** @description operations, numbers of records, rules */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    who_can: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhoCanRequest"];
            };
        };
        responses: {
            /** @description users and rules */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    why: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhyRequest"];
            };
        };
        responses: {
            /** @description the decision and its rules */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_audit_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the policy in force, its versions, and what waits */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPolicyAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_audit_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewAuditRequest"];
            };
        };
        responses: {
            /** @description counted over the last 30 days */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEffectAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_audit_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeAuditRequest"];
            };
        };
        responses: {
            /** @description it waits */
            201: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_audit_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description taken back */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide_audit_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideAuditRequest"];
            };
        };
        responses: {
            /** @description decided */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_automations: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description rules, in order */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_AutomationForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_automations: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AutomationsRequest"];
            };
        };
        responses: {
            /** @description set */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_runs: {
        parameters: {
            query?: {
                /** @description Only those whose system could not be told. */
                dead?: boolean;
                /** @description Of one rule. */
                rule?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what rules did */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_RunItem"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it will be tried */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_backups: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as they were recorded */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupsAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_drill: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description noted */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_departments: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description departments */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_DepartmentView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_department: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDepartment"];
            };
        };
        responses: {
            /** @description made */
            201: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_department: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NameRequest"];
            };
        };
        responses: {
            /** @description renamed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_department: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParentRequest"];
            };
        };
        responses: {
            /** @description moved */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erase_customer: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EraseRequest"];
            };
        };
        responses: {
            /** @description erased */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasedAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_export_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the rules in force */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportRulesForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_export_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportRulesForm"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_file_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the rules in force */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileRulesForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_file_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileRulesForm"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_flows: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description flows, in order */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_FlowForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_flows: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlowsRequest"];
            };
        };
        responses: {
            /** @description set */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_flow: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlowPreviewRequest"];
            };
        };
        responses: {
            /** @description whose word each step asks for, now */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowPreviewAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_holds: {
        parameters: {
            query?: {
                /** @description Released ones too. */
                all?: boolean;
                /** @description On this customer. */
                customer?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description holds */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_HoldView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    place_hold: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldRequest"];
            };
        };
        responses: {
            /** @description placed */
            201: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_hold: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldRequest"];
            };
        };
        responses: {
            /** @description released */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_keys: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description versions and counts, no secret */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_objects: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description object types */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ObjectView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    define_object: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnyObject"];
            };
        };
        responses: {
            /** @description as it was defined */
            201: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_object: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ObjectPatch"];
            };
        };
        responses: {
            /** @description as it is now */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_field: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnyObject"];
            };
        };
        responses: {
            /** @description the object type as it is now */
            201: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_field: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                field: string;
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnyObject"];
            };
        };
        responses: {
            /** @description the object type as it is now */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_object: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreRequest"];
            };
        };
        responses: {
            /** @description as it is now */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    object_versions: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description versions */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ObjectVersionView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    object_version: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                object: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the definition then */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObjectView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the policy */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishRequest"];
            };
        };
        responses: {
            /** @description in force */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckRequest"];
            };
        };
        responses: {
            /** @description diff and problems */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckRequest"];
            };
        };
        responses: {
            /** @description diff, problems, gains and losses */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImpactAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    roll_back_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollBackRequest"];
            };
        };
        responses: {
            /** @description in force, as a new version */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    grant_temporarily: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemporaryRequest"];
            };
        };
        responses: {
            /** @description granted */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_policies: {
        parameters: {
            query?: {
                /** @description Only versions before this one. */
                before?: number;
                /** @description 1 to 200; 50 if left out. */
                limit?: number;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description versions */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_PolicyLine"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_version: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the policy */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_pools: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description pools with their rules */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_PoolForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_pools: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolsRequest"];
            };
        };
        responses: {
            /** @description set */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_recycling: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecycledAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_retention: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the rules in force */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_retention: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionRequest"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apply_retention: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyRequest"];
            };
        };
        responses: {
            /** @description what was dropped */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetainedAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_reveal_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the rules in force */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealRulesForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_reveal_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealRulesForm"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_roles: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description roles */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_RoleView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    define_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                role: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleRequest"];
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_layout: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                role: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LayoutRequest"];
            };
        };
        responses: {
            /** @description what is open */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayoutAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description settings */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnyObject"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_user_token: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description revoked */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                /** @description Of this department. */
                department?: string;
                /** @description `active` or `disabled`. */
                status?: "active" | "disabled";
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description accounts */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_UserView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserRequest"];
            };
        };
        responses: {
            /** @description made; it cannot sign in before a password reset */
            201: {
                headers: {
                    Location?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description as it is now */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_estate: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description numbers; no record */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EstateView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_handover: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandoverRequest"];
            };
        };
        responses: {
            /** @description begun */
            201: {
                headers: {
                    Location?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    look_back: {
        parameters: {
            query?: {
                /** @description Days, 1 to 366; without it, 30. */
                days?: number;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description numbers; no customer */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookBackAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the password, once */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstPassword"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                role: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description given */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                role: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description taken away */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_user_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description live sessions */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_SessionView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_user_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ended */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_user_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ended */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_user_status: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusRequest"];
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_user_tokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description tokens */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_TokenView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_totp: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description taken away */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_hooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description endpoints without their secrets */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HooksAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_hooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HooksRequest"];
            };
        };
        responses: {
            /** @description secrets that were made */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretsAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_events: {
        parameters: {
            query: {
                /** @description As in the log. */
                actions?: string;
                /** @description By what events are counted. */
                by: "day" | "hour" | "week_hour" | "user" | "department" | "operation";
                /** @description As in the log. */
                channels?: string;
                /** @description As in the log. */
                decisions?: string;
                /** @description As in the log. */
                departments?: string;
                /** @description As in the log. */
                from?: number;
                /** @description As in the log. */
                objects?: string;
                /** @description As in the log. */
                to?: number;
                /** @description As in the log. */
                users?: string;
                /** @description Days and hours in UTC rather than in the company's time zone. */
                utc?: boolean;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description counts */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventCounts"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_events: {
        parameters: {
            query?: {
                /** @description Operations: `view,export`. */
                actions?: string;
                /** @description `web`, `api`, `cli`, `import`, `export`, `job`, `agent`, `demo`. */
                channels?: string;
                /** @description From the page before. */
                cursor?: string;
                /** @description `allowed`, `refused`, `conflict`, `intent`, `unknown`, `failed`. */
                decisions?: string;
                /** @description Ids of departments the actor was in at that time. */
                departments?: string;
                /** @description From this moment on, in milliseconds since 1970. */
                from?: number;
                /** @description Rows of a page, 1 to 200; 50 if left out. */
                limit?: number;
                /** @description Object types. */
                objects?: string;
                /** @description Before this moment. */
                to?: number;
                /** @description Ids of users, with commas between: who acted, or for whom. */
                users?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of events, newest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_event: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the event */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_evidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvidenceRequest"];
            };
        };
        responses: {
            /** @description the evidence file */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_exports: {
        parameters: {
            query?: {
                /** @description From the page before. */
                before?: string;
                /** @description Exports of a page, 1 to 100; 50 if left out. */
                limit?: number;
                /**
                 * @description Only those in this state.
                 * @example ready
                 */
                state?: string;
                /** @description Only this user's. */
                user?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description newest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportViews"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trace_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TraceRequest"];
            };
        };
        responses: {
            /** @description exports it agrees with, best first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_TracedView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watch_events: {
        parameters: {
            query?: {
                /** @description Operations: `view,export`. */
                actions?: string;
                /** @description The `index` of the last event one has; without it, what comes next. `Last-Event-ID` goes before it. */
                after?: number;
                /** @description `web`, `api`, `cli`, `import`, `export`, `job`, `agent`, `demo`. */
                channels?: string;
                /** @description `allowed`, `refused`, `conflict`, `intent`, `unknown`, `failed`. */
                decisions?: string;
                /** @description Ids of departments the actor was in at that time. */
                departments?: string;
                /** @description Object types. */
                objects?: string;
                /** @description It ends by itself after so long; 0 gives what has come since and ends. 3600 if left out. */
                seconds?: number;
                /** @description Ids of users, with commas between: who acted, or for whom. */
                users?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description events as they come */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    who_saw: {
        parameters: {
            query?: {
                /** @description From the page before. */
                cursor?: string;
                /** @description The customer of a record that has been deleted since; else it is found. */
                customer?: string;
                /** @description From this moment on, in milliseconds since 1970. */
                from?: number;
                /** @description Rows of a page, 1 to 200; 50 if left out. */
                limit?: number;
                /** @description Before this moment. */
                to?: number;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of touches, newest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeenAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_review: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description noted */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    user_activity: {
        parameters: {
            query?: {
                /** @description From the page before. */
                cursor?: string;
                /** @description From this moment on, in milliseconds since 1970. */
                from?: number;
                /** @description Rows of a page, 1 to 200; 50 if left out. */
                limit?: number;
                /** @description Before this moment. */
                to?: number;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description customers touched, and a page of events */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DidAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_colleagues: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description colleagues */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ColleagueView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_exports: {
        parameters: {
            query?: {
                /** @description From the page before. */
                before?: string;
                /** @description Exports of a page, 1 to 100; 50 if left out. */
                limit?: number;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description newest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportViews"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description cancelled */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    "X-Export-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the file has expired */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_progress: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description its state, and numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportProgress"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it is under way */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description newest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_JobForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    job_progress: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description its state, and numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description taken back */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the caller */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_deputy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who stands in for the caller; empty where nobody does */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeputyForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_deputy: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeputyForm"];
            };
        };
        responses: {
            /** @description set */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_own_grants: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description accesses that requests and emergencies gave the caller */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_GrantItem"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_imports: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description imports */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_PastImportForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what was taken in so far */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportedAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_notice_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description kinds */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeSettingsForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_notice_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeSettingsForm"];
            };
        };
        responses: {
            /** @description set */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordRequest"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_pools: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description pools of objects that the caller may list */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_OwnPoolView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_reveals: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what is left of 24 hours */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealsView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrol_totp: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the secret, once */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disable_totp: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeRequest"];
            };
        };
        responses: {
            /** @description given up */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_totp: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeRequest"];
            };
        };
        responses: {
            /** @description confirmed */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what is open */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_notices: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description 1 to 100; 30 if left out. */
                limit?: number;
                /** @description Only those that were not read. */
                unread?: boolean;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeItems"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_notice: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 1, or 0 when it was read before */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_notices: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description two numbers */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_notices: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how many were not read */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_records: {
        parameters: {
            query?: {
                /** @description From the page before. */
                cursor?: string;
                /** @description Only records of this customer. */
                customer?: string;
                /**
                 * @description Names of the wanted fields, with commas between; all the caller may see if left out.
                 * @example name,level
                 */
                fields?: string;
                /** @description A condition as JSON: `{"test":{"field":"level","op":"eq","value":"A"}}`, nested by `all`, `any`, `not`. */
                filter?: string;
                /** @description Rows of a page, 1 to 500; 50 if left out. */
                limit?: number;
                /** @description Part of a name, or a whole phone number, e-mail address or identity number. */
                search?: string;
                /**
                 * @description Up to three keys with commas between: a field, or `created_at`, `updated_at`; with `-` before it, downwards.
                 *     `-updated_at` if left out.
                 * @example -updated_at
                 */
                sort?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 128 visible characters */
                "Idempotency-Key"?: string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecord"];
            };
        };
        responses: {
            /** @description made */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description a value is taken, or the same request is under way */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    view_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the record */
            200: {
                headers: {
                    ETag?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it was merged into another record */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_record: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description deleted */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_record: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordPatch"];
                "application/merge-patch+json": components["schemas"]["RecordPatch"];
            };
        };
        responses: {
            /** @description changed */
            200: {
                headers: {
                    ETag?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    look_at_approval: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example contract */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how it stands */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_attachments: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description its files */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachments"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_attachment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description percent-encoded UTF-8
                 * @example scan.png
                 */
                "X-File-Name": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        /** @description the file */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description added */
            201: {
                headers: {
                    Location?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_attachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                file: string;
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Repr-Digest"?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                    "application/pdf": string;
                    "image/jpeg": string;
                    "image/png": string;
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_attachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                file: string;
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description taken away */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    break_glass: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BreakGlassRequest"];
            };
        };
        responses: {
            /** @description opened */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakGlassAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claim_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description claimed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_comments: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description 1 to 100; 50 if left out. */
                limit?: number;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentItems"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_comment: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentForm"];
            };
        };
        responses: {
            /** @description said */
            201: {
                headers: {
                    Location?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_comment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                comment: string;
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentForm"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_comment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                comment: string;
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description gone */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    strike_comment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                comment: string;
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description struck through */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    convert_record: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example lead */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConvertRequest"];
            };
        };
        responses: {
            /** @description converted */
            200: {
                headers: {
                    ETag?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConvertAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discard_record: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example lead */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscardRequest"];
            };
        };
        responses: {
            /** @description discarded */
            200: {
                headers: {
                    ETag?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    who_looked: {
        parameters: {
            query?: {
                /** @description From the page before. */
                cursor?: string;
                /** @description Rows of a page, 1 to 200; 50 if left out. */
                limit?: number;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page, newest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LooksAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description on record; it may be printed */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_readers: {
        parameters: {
            query?: {
                /** @description A part of their name. */
                like?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description people */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ReaderItem"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reveal_fields: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealRequest"];
            };
        };
        responses: {
            /** @description the record with these fields in the clear */
            200: {
                headers: {
                    ETag?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_shares: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description everybody whose part has not ended */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ShareView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    share_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareRequest"];
            };
        };
        responses: {
            /** @description shared */
            201: {
                headers: {
                    Location?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_share: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
                share: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ended */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_record: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example contract */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitRequest"];
            };
        };
        responses: {
            /** @description submitted */
            200: {
                headers: {
                    ETag?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_timeline: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description 1 to 100; 20 if left out. */
                limit?: number;
                /**
                 * @description `comments`, `activities` (follow-ups, tasks), `changes`, with commas between; all of them if left out.
                 * @example comments,activities
                 */
                parts?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineItems"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transfer_record: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description the ETag of the version that was read
                 * @example "1"
                 */
                "If-Match": string;
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferRequest"];
            };
        };
        responses: {
            /** @description transferred */
            200: {
                headers: {
                    ETag?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the record has changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match is needed */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    aggregate_records: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example contract */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AggregateRequest"];
            };
        };
        responses: {
            /** @description the groups */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AggregateAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkRequest"];
            };
        };
        responses: {
            /** @description the job that has begun */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bulk_outcome: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what was done so far */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutcomeAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_records: {
        parameters: {
            query?: {
                /** @description As in a list. */
                customer?: string;
                /** @description As in a list. */
                filter?: string;
                /** @description As in a list. */
                search?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the number */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_duplicates: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicatesRequest"];
            };
        };
        responses: {
            /** @description those found, at most five of a field */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_DuplicateView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_apart: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApartRequest"];
            };
        };
        responses: {
            /** @description remembered */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scan_duplicates: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the job that has begun */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    job_groups: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the groups so far */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupsAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_records: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportRequest"];
            };
        };
        responses: {
            /** @description the file */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    "X-Export-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskExportRequest"];
            };
        };
        responses: {
            /** @description it is under way, or waits for its approval */
            201: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forecast_records: {
        parameters: {
            query?: {
                /**
                 * @description `YYYY-MM-DD`; today if left out.
                 * @example 2026-11-01
                 */
                from?: string;
                /**
                 * @description `YYYY-MM-DD`; a year after `from` if left out.
                 * @example 2027-01-31
                 */
                to?: string;
            };
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example opportunity */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description by month, owner and stage */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ForecastView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_records: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            /** @description what became of the rows */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginImportRequest"];
            };
        };
        responses: {
            /** @description the job that has begun */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_mappings: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description mappings */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_KeptMappingForm"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_mapping: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeptMappingForm"];
            };
        };
        responses: {
            /** @description kept */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undo_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoRequest"];
            };
        };
        responses: {
            /** @description what became of the chunk */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lookup_records: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookupRequest"];
            };
        };
        responses: {
            /** @description those that may be seen, in the order of the ids */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookupAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merge_records: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeRequest"];
            };
        };
        responses: {
            /** @description the record that stays */
            200: {
                headers: {
                    ETag?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compare_records: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompareRequest"];
            };
        };
        responses: {
            /** @description the records side by side */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompareAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_returning: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description soonest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_ReturningView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_views: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description views */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewsAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewRequest"];
            };
        };
        responses: {
            /** @description saved */
            201: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewRequest"];
            };
        };
        responses: {
            /** @description saved */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description deleted */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prefer_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /** @example customer */
                object: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpensRequest"];
            };
        };
        responses: {
            /** @description chosen */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_requests: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what the caller asked for */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_RequestItem"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_access: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessRequest"];
            };
        };
        responses: {
            /** @description asked */
            201: {
                headers: {
                    Location?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide_request: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionRequest"];
            };
        };
        responses: {
            /** @description where it stands */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_request: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description taken back */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_inbox: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what the caller may decide now */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_RequestItem"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_inbox: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a number */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description signed in */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description login, password or code is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description cross-site request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description signed out */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    step_up: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeRequest"];
            };
        };
        responses: {
            /** @description proved */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description live sessions, newest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_SessionView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_other_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ended */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ended */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description tokens, newest first */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Items_TokenView"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description made */
            201: {
                headers: {
                    Location?: string;
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description values are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description revoked */
            204: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a signed note (c2sp.org/tlog-checkpoint) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    key: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a verifier key (c2sp.org/signed-note) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tile: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path: {
                /**
                 * @description `0/000`, `0/x001/234.p/5`, `entries/000`
                 * @example 0/000
                 */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the tile (c2sp.org/tlog-tiles) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: {
                /** @description why 用途; percent-encoded UTF-8, at most 500 characters */
                "X-Purpose"?: string;
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description metrics */
            200: {
                headers: {
                    /** @description the event that recorded this answer */
                    "X-Audit-Event"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not permitted */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it does not exist, or the caller may not know whether it does */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it stands against what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made */
                "X-Request-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
            /** @description the request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too much of this lately */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description something went wrong here */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not now; nothing was shown or changed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
