using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moat.Hosting.Webhooks;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Webhooks;

namespace Moat.Tests;

/// <summary>
/// Webhooks against a real listener: signed so that the other side can check it, retried, given up, sent again; never
/// into the server's own network.
/// </summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task What_happens_is_told_as_a_signed_cloud_event_and_only_once()
    {
        await using var acme = await Acme.Found(
            clock: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(
                new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)
            )
        );
        await using var other = await Listener.Start();
        var made = await acme.Do<MadeWebhook>(
            "webhooks.create",
            new JsonObject
            {
                ["name"] = "Chat",
                ["url"] = other.Url,
                ["events"] = new JsonArray("task.opened", "risk.assessed"),
            }
        );
        await acme.Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "Labels are turned around",
                ["cause"] = "One annotator is enough.",
                ["consequence"] = "The next run learns it.",
            }
        );
        await Run(acme);
        await Run(acme);
        var got = Assert.Single(other.Got);
        var cloudEvent = new JsonEventFormatter().DecodeStructuredModeMessage(
            Encoding.UTF8.GetBytes(got.Body),
            new System.Net.Mime.ContentType(got.ContentType),
            null
        );
        Assert.True(cloudEvent.IsValid);
        Assert.Equal(
            ("dev.moat.task.opened", "TASK-1", "urn:moat:acme"),
            (cloudEvent.Type, cloudEvent.Subject, cloudEvent.Source!.ToString())
        );
        Assert.Equal(Signature(made.Secret, got), got.Signature);
        Assert.Equal("1772442000", got.Timestamp);
        Assert.DoesNotContain("annotator", got.Body, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await Log(acme)).State);

        // Another secret signs another way, and the old one is of no use any more.
        var renewed = await acme.Do<MadeWebhook>("webhooks.renew-secret", new JsonObject { ["ref"] = "HOOK-1" });
        await acme.Do("webhooks.try", new JsonObject { ["ref"] = "HOOK-1" });
        await Run(acme);
        Assert.Equal(Signature(renewed.Secret, other.Got[1]), other.Got[1].Signature);
        Assert.NotEqual(Signature(made.Secret, other.Got[1]), other.Got[1].Signature);
    }

    [Fact]
    public async Task A_silent_other_side_is_tried_ever_later_then_given_up_and_can_be_sent_again_with_the_same_id()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(
            new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)
        );
        await using var acme = await Acme.Found(clock: clock);
        await using var other = await Listener.Start();
        other.Answer = HttpStatusCode.ServiceUnavailable;
        await acme.Do(
            "webhooks.create",
            new JsonObject
            {
                ["name"] = "Chat",
                ["url"] = other.Url,
                ["events"] = new JsonArray("task.opened"),
            }
        );
        await acme.Do("webhooks.try", new JsonObject { ["ref"] = "HOOK-1" });
        await Run(acme);
        Assert.Equal(
            (1, DeliveryState.Waiting, "503 Service Unavailable"),
            Assert.Single(await Log(acme)) is var first ? (first.Attempts, first.State, first.Result) : default
        );
        await Run(acme);
        Assert.Single(other.Got);
        var pauses = new List<TimeSpan>();
        while ((await Log(acme))[0] is { State: DeliveryState.Waiting } waiting)
        {
            pauses.Add(waiting.NextAt - clock.GetUtcNow().UtcDateTime);
            clock.Advance(pauses[^1]);
            await Run(acme);
        }
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal((8, DeliveryState.Dead), ((await Log(acme))[0].Attempts, (await Log(acme))[0].State));
        Assert.Equal(1, (await acme.Do<IReadOnlyList<WebhookRow>>("webhooks.list", []))[0].Dead);
        clock.Advance(TimeSpan.FromDays(2));
        await Run(acme);
        Assert.Equal(8, other.Got.Count);

        other.Answer = HttpStatusCode.NoContent;
        Assert.Equal(1, (await acme.Do<Tally>("webhooks.resend", new JsonObject { ["ref"] = "HOOK-1" })).Count);
        await Run(acme);
        Assert.Equal(DeliveryState.Delivered, (await Log(acme))[0].State);
        Assert.Single(other.Got.Select(g => g.Id).Distinct());
        Assert.NotEqual(other.Got[0].Timestamp, other.Got[^1].Timestamp);
    }

    [Fact]
    public async Task An_address_that_is_gone_pauses_the_webhook_and_what_happens_meanwhile_is_not_sent_later()
    {
        await using var acme = await Acme.Found();
        await using var other = await Listener.Start();
        other.Answer = HttpStatusCode.Gone;
        await acme.Do(
            "webhooks.create",
            new JsonObject
            {
                ["name"] = "Chat",
                ["url"] = other.Url,
                ["events"] = new JsonArray("task.opened"),
            }
        );
        await acme.Do("webhooks.try", new JsonObject { ["ref"] = "HOOK-1" });
        await Run(acme);
        Assert.Contains(
            "410",
            (await acme.Do<IReadOnlyList<WebhookRow>>("webhooks.list", []))[0].PausedBecause,
            StringComparison.Ordinal
        );
        await Assert.ThrowsAsync<RuleBroken>(() => acme.Do("webhooks.try", new JsonObject { ["ref"] = "HOOK-1" }));
        await acme.Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "Labels are turned around",
                ["cause"] = "One annotator is enough.",
                ["consequence"] = "The next run learns it.",
            }
        );
        other.Answer = HttpStatusCode.OK;
        await acme.Do("webhooks.edit", new JsonObject { ["ref"] = "HOOK-1", ["paused"] = false });
        await Run(acme);
        Assert.DoesNotContain(await Log(acme), d => d.Event == "task.opened");
        await acme.Do("webhooks.remove", new JsonObject { ["ref"] = "HOOK-1" });
        await Assert.ThrowsAsync<NotFound>(() => Log(acme));
        await Run(acme);
    }

    [Theory]
    [InlineData("http://127.0.0.2:9/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[::ffff:127.0.0.3]/")]
    [InlineData("https://moat.localhost/hook")]
    [InlineData("http://chat.example/hook")]
    public async Task Nothing_goes_into_the_servers_own_network_unless_its_operator_named_the_host(string url)
    {
        await using var acme = await Acme.Found();
        var refused = (
            await Assert.ThrowsAsync<InputInvalid>(() =>
                acme.Do(
                    "webhooks.create",
                    new JsonObject
                    {
                        ["name"] = "Inside",
                        ["url"] = url,
                        ["events"] = new JsonArray("task.opened"),
                    }
                )
            )
        ).Errors[0];
        Assert.Equal("url", refused.Field);
        Assert.Contains("--allow-host", refused.Message, StringComparison.Ordinal);
        await acme.Do(
            "webhooks.create",
            new JsonObject
            {
                ["name"] = "Outside",
                ["url"] = "https://chat.example/",
                ["events"] = new JsonArray("task.opened"),
            }
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            acme.Do("webhooks.edit", new JsonObject { ["ref"] = "HOOK-1", ["url"] = url })
        );
    }

    [Fact]
    public async Task What_is_no_address_or_no_event_is_refused()
    {
        await using var acme = await Acme.Found();
        foreach (
            var (url, happened, field) in new[]
            {
                ("ftp://chat.example/", "task.opened", "url"),
                ("https://user:pass@chat.example/", "task.opened", "url"),
                ("chat", "task.opened", "url"),
                ("https://chat.example/", "moon.rises", "events"),
            }
        )
            Assert.Equal(field, (
                    await Assert.ThrowsAsync<InputInvalid>(() =>
                        acme.Do(
                            "webhooks.create",
                            new JsonObject
                            {
                                ["name"] = "Chat",
                                ["url"] = url,
                                ["events"] = new JsonArray(happened),
                            }
                        )
                    )
                ).Errors[0].Field);
        var kinds = (await acme.Do<IReadOnlyList<WebhookEvent>>("webhooks.events", [])).Select(e => e.Type).ToList();
        Assert.Equal(WebhookEvents.All.Select(e => e.Type), kinds);
    }

    private static Task Run(Acme acme) =>
        acme.Services.GetRequiredService<WebhookRunner>().RunOnce(CancellationToken.None);

    private static Task<IReadOnlyList<DeliveryRow>> Log(Acme acme) =>
        acme.Do<IReadOnlyList<DeliveryRow>>("webhooks.deliveries", new JsonObject { ["ref"] = "HOOK-1" });

    // As https://www.standardwebhooks.com has it, written here once more so that a mistake cannot be on both sides.
    private static string Signature(string secret, Received got) =>
        $"v1,{Convert.ToBase64String(new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..])).ComputeHash(Encoding.UTF8.GetBytes(got.Id + "." + got.Timestamp + "." + got.Body)))}";

    private sealed record Received(string Id, string Timestamp, string Signature, string ContentType, string Body);

    /// <summary>A real HTTP server on the loopback that keeps what it gets.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Listener()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.Urls.Add("http://127.0.0.1:0");
            _app.MapPost(
                "/hook",
                async (HttpRequest request) =>
                {
                    using var reader = new StreamReader(request.Body);
                    Got.Add(
                        new Received(
                            $"{request.Headers["webhook-id"]}",
                            $"{request.Headers["webhook-timestamp"]}",
                            $"{request.Headers["webhook-signature"]}",
                            request.ContentType!,
                            await reader.ReadToEndAsync()
                        )
                    );
                    return Results.StatusCode((int)Answer);
                }
            );
        }

        public List<Received> Got { get; } = [];

        public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

        public string Url => $"{_app.Urls.First()}/hook";

        public static async Task<Listener> Start()
        {
            var listener = new Listener();
            await listener._app.StartAsync();
            return listener;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
