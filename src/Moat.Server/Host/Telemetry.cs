using System.Reflection;
using Moat.Isms.Kernel;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Moat.Server.Host;

/// <summary>
/// Traces, metrics and logs for whoever operates a server, by OTLP to the place that they name; without one nothing is
/// measured and nothing leaves. No name, record or input of an organisation is in them.
/// </summary>
internal static class Telemetry
{
    /// <summary>
    /// Sends telemetry to an OTLP receiver over HTTP, such as http://127.0.0.1:4318; does nothing without one.
    /// </summary>
    public static void SendTelemetry(this WebApplicationBuilder builder, Uri? receiver)
    {
        if (receiver is null)
            return;
        builder.Logging.AddOpenTelemetry(logs => logs.IncludeScopes = false);
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("moat", serviceVersion: Version))
            .WithTracing(traces =>
                traces
                    .AddSource(OperationTelemetry.Name)
                    // Whoever asks does not decide whether they are seen.
                    .SetSampler(new AlwaysOnSampler())
                    .AddAspNetCoreInstrumentation(requests =>
                        requests.EnrichWithHttpRequest = (activity, _) => Anonymous(activity)
                    )
            )
            .WithMetrics(metrics =>
                metrics.AddMeter(OperationTelemetry.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation()
            )
            .UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, receiver);
    }

    private static string Version =>
        typeof(Telemetry)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0";

    // Addresses name organisations and records, and some carry the secret of an invitation or a calendar.
    private static void Anonymous(System.Diagnostics.Activity activity)
    {
        foreach (
            var tag in new[] { "url.path", "url.query", "client.address", "user_agent.original", "server.address" }
        )
            activity.SetTag(tag, null);
    }
}
