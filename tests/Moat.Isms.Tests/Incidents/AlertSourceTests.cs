using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using static Moat.Tests.IntakeTests;

namespace Moat.Tests;

/// <summary>
/// Sources that sign: only what they signed, only near its time, only once, and nobody else in their name.
/// </summary>
public sealed class AlertSourceTests
{
    private const string Body = """{"specversion":"1.0"}""";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_source_signed_is_taken_once_and_anything_else_is_not(string database)
    {
        await using var company = await Company.Found(database);
        var made = await Make(company);
        Assert.Equal(("ASRC-1", "/api/v1/acme/hooks/signed/egress-watch"), (made.Ref, made.Path));
        var message = Signed(company, made.Secret, "msg_1");
        Assert.Equal(new AlertsReceived(1, 0, 0, 0), await Receive(company, message));
        // The same message again, also under another case of the name and with another time, as its sender retries.
        Assert.Equal(
            new AlertsReceived(0, 0, 1, 0),
            await Receive(company, message with { Alerts = [Alert("another thing")] })
        );
        company.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(
            new AlertsReceived(0, 0, 1, 0),
            await Receive(company, Signed(company, made.Secret, "msg_1") with { Source = "Egress-Watch" })
        );
        Assert.Equal(
            new AlertsReceived(1, 0, 0, 0),
            await Receive(company, Signed(company, made.Secret, "msg_2") with { Alerts = [Alert("another thing")] })
        );

        var right = Signed(company, made.Secret, "msg_3");
        foreach (
            var wrong in new[]
            {
                right with
                {
                    Signature = right.Signature.Replace("v1,", "v1a,", StringComparison.Ordinal),
                },
                right with
                {
                    Signature = "",
                },
                right with
                {
                    Signature = right.Signature[..^1],
                },
                right with
                {
                    Body = Encoding.UTF8.GetBytes(Body + " "),
                },
                right with
                {
                    Id = "msg_4",
                },
                right with
                {
                    Id = "",
                },
                right with
                {
                    Timestamp = $"{long.Parse(right.Timestamp, null) + 1}",
                },
                right with
                {
                    Timestamp = "",
                },
                right with
                {
                    Source = "nobody",
                },
                Signed(company, "whsec_" + Convert.ToBase64String(new byte[32]), "msg_3"),
                Signed(company, made.Secret, ""),
            }
        )
        {
            await Assert.ThrowsAsync<NotFound>(() => Receive(company, wrong));
            await Assert.ThrowsAsync<NotFound>(() =>
                company.Run<AlertSourceProcess, SignedMessage, AlertSourceRow>(p => p.Check, wrong, Moat(company))
            );
        }
        // Two signatures, as a sender has while it changes its secret: one that holds is enough.
        Assert.Equal(
            1,
            (
                await Receive(
                    company,
                    right with
                    {
                        Signature = $"v1,{Convert.ToBase64String(new byte[32])} {right.Signature}",
                        Alerts = [Alert("a third thing")],
                    }
                )
            ).Opened
        );
        Assert.Equal(
            3,
            (await company.Run<AlertSourceProcess, Nothing, IReadOnlyList<AlertSourceRow>>(p => p.List, new Nothing()))[
                0
            ].Alerts
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_message_of_another_time_is_refused_by_its_time(string database)
    {
        await using var company = await Company.Found(database);
        var secret = (await Make(company)).Secret;
        foreach (var (minutes, id) in new[] { (-5, "msg_1"), (5, "msg_2") })
            await Receive(company, Signed(company, secret, id, TimeSpan.FromMinutes(minutes)));
        foreach (var seconds in new[] { -301, 301, -86400 })
            await Broken(
                "alert-sources.receive.stale",
                () => Receive(company, Signed(company, secret, "msg_3", TimeSpan.FromSeconds(seconds)))
            );
        foreach (var time in new[] { "soon", "-1772442000", "1772442000.5", "99999999999999999999" })
            await Broken("alert-sources.receive.stale", () => Receive(company, Signed(company, secret, "msg_3", time)));
        // One that was caught on its way and held back is of no use later.
        var caught = Signed(company, secret, "msg_4");
        company.Clock.Advance(TimeSpan.FromMinutes(6));
        await Broken("alert-sources.receive.stale", () => Receive(company, caught));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_tells_alerts_unsigned_in_the_name_of_a_source_that_signs(string database)
    {
        await using var company = await Company.Found(database);
        var agent = await company.As(Role.Agent, "Pipeline");
        Assert.Equal(1, (await Unsigned(company, agent, "egress-watch https://egress.test")).Opened);
        await Make(company);
        foreach (
            var source in new[]
            {
                "egress-watch https://egress.test",
                "Egress-Watch",
                " egress-watch\thttps://other.test",
            }
        )
            await Broken("alerts.receive.signed", () => Unsigned(company, agent, source));
        Assert.Equal(1, (await Unsigned(company, agent, "egress-watcher https://egress.test")).Opened);
        await Assert.ThrowsAsync<Forbidden>(() => Make(company, "another", agent));
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Run<AlertSourceProcess, ChangeRecord, Done>(
                p => p.Remove,
                new ChangeRecord { Ref = "ASRC-1" },
                agent
            )
        );
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Run<AlertSourceProcess, ReceiveSigned, AlertsReceived>(
                p => p.Receive,
                Signed(company, "whsec_AAAA", "msg_1"),
                company.Owner
            )
        );

        await company.Run<AlertSourceProcess, ChangeRecord, Done>(p => p.Remove, new ChangeRecord { Ref = "ASRC-1" });
        Assert.Equal(1, (await Unsigned(company, agent, "egress-watch https://other.test")).Opened);
        Assert.Empty(
            await company.Run<AlertSourceProcess, Nothing, IReadOnlyList<AlertSourceRow>>(p => p.List, new Nothing())
        );
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Run<AlertSourceProcess, ChangeRecord, MadeAlertSource>(
                p => p.RenewSecret,
                new ChangeRecord { Ref = "ASRC-1" }
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_secret_is_shown_once_kept_encrypted_and_ends_with_the_next_one(string database)
    {
        await using var company = await Company.Found(database);
        var first = (await Make(company)).Secret;
        Assert.Equal(32, Convert.FromBase64String(first["whsec_".Length..]).Length);
        await Broken("alert-sources.create.once", () => Make(company));
        foreach (var name in new[] { "alertmanager", "github", "signed", "Two Words", "UPPER", "" })
            Assert.Equal(
                "name",
                (await Assert.ThrowsAsync<InputInvalid>(() => Make(company, name))).Errors[0].Field,
                ignoreCase: true
            );
        var second = (
            await company.Run<AlertSourceProcess, ChangeRecord, MadeAlertSource>(
                p => p.RenewSecret,
                new ChangeRecord { Ref = "ASRC-1" }
            )
        ).Secret;
        await Assert.ThrowsAsync<NotFound>(() => Receive(company, Signed(company, first, "msg_1")));
        Assert.Equal(1, (await Receive(company, Signed(company, second, "msg_1"))).Opened);
        var stored = await company.Read(db => db.Set<AlertSource>().Select(s => s.Secret!).SingleAsync());
        var journal = await company.Read(db =>
            Task.FromResult(string.Concat(db.Journal.Select(e => e.Changes).ToList()))
        );
        foreach (var secret in new[] { first, second }.Select(s => s["whsec_".Length..]))
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, journal, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(stored, journal, StringComparison.Ordinal);
        // Another organisation's source of the same name has its own.
        var rival = await company.NewOwner("rival", "Rita Rival");
        await Make(company, caller: rival);
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Run<AlertSourceProcess, ReceiveSigned, AlertsReceived>(
                p => p.Receive,
                Signed(company, second, "msg_2"),
                Caller.System(rival.OrganizationId, "rival")
            )
        );
    }

    private static Caller Moat(Company company) => Caller.System(company.Owner.OrganizationId, "acme", "rest");

    private static Task<MadeAlertSource> Make(Company company, string name = "egress-watch", Caller? caller = null) =>
        company.Run<AlertSourceProcess, CreateAlertSource, MadeAlertSource>(
            p => p.Create,
            new CreateAlertSource { Name = name },
            caller
        );

    private static Task<AlertsReceived> Receive(Company company, ReceiveSigned message) =>
        company.Run<AlertSourceProcess, ReceiveSigned, AlertsReceived>(p => p.Receive, message, Moat(company));

    private static Task<AlertsReceived> Unsigned(Company company, Caller by, string source) =>
        company.Run<AlertProcess, ReceiveAlerts, AlertsReceived>(
            p => p.Receive,
            new ReceiveAlerts { Alerts = [Alert("weights-bucket") with { Source = source }] },
            by
        );

    private static GivenAlert Alert(string fingerprint) =>
        new()
        {
            Source = "egress-watch https://egress.test",
            Fingerprint = fingerprint,
            Title = "40 GB left the weights bucket",
        };

    private static ReceiveSigned Signed(Company company, string secret, string id, TimeSpan away = default) =>
        Signed(company, secret, id, $"{(company.Clock.GetUtcNow() + away).ToUnixTimeSeconds()}");

    // As https://www.standardwebhooks.com has it, written here once more so that a mistake cannot be on both sides.
    private static ReceiveSigned Signed(Company company, string secret, string id, string time)
    {
        _ = company;
        var signature = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..])).ComputeHash(
            Encoding.UTF8.GetBytes(id + "." + time + "." + Body)
        );
        return new ReceiveSigned
        {
            Source = "egress-watch",
            Body = Encoding.UTF8.GetBytes(Body),
            Id = id,
            Timestamp = time,
            Signature = $"v1,{Convert.ToBase64String(signature)}",
            Alerts = [Alert("weights-bucket")],
        };
    }
}
