using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;

namespace Moat.Hosting;

/// <summary>Asks the time-stamping authority that the operator named, over HTTP (RFC 3161, 3.4).</summary>
public sealed class TimeAuthority(Uri? address) : ITimeAuthority, IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly MediaTypeHeaderValue Query = new("application/timestamp-query");

    // The organisation's journal waits while an approval asks, so the authority has seconds.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <inheritdoc />
    public bool IsConfigured => address is not null;

    /// <inheritdoc />
    public async Task<TimeStamp> Stamp(string sha256, CancellationToken ct)
    {
        if (address is null)
            throw new RuleBroken(
                "documents.stamp.configured",
                "No time-stamping authority is named. The operator names one with 'moat serve --time-authority URL'."
            );
        var hash = Convert.FromHexString(sha256);
        var request = Rfc3161TimestampRequest.CreateFromHash(
            hash,
            HashAlgorithmName.SHA256,
            nonce: RandomNumberGenerator.GetBytes(8),
            requestSignerCertificates: true
        );
        try
        {
            using var content = new ByteArrayContent(request.Encode()) { Headers = { ContentType = Query } };
            using var answer = await _http.PostAsync(address, content, ct);
            answer.EnsureSuccessStatusCode();
            var token = request.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(ct), out _);
            if (!token.VerifySignatureForHash(hash, HashAlgorithmName.SHA256, out _))
                throw new RuleBroken(
                    "documents.stamp.authority",
                    "The time-stamping authority's answer is not signed for this text."
                );
            return new TimeStamp(token.TokenInfo.Timestamp.UtcDateTime, token.AsSignedCms().Encode());
        }
        catch (Exception e)
            when (e is HttpRequestException or CryptographicException
                || (e is TaskCanceledException && !ct.IsCancellationRequested)
            )
        {
            throw new RuleBroken(
                "documents.stamp.authority",
                $"The time-stamping authority did not stamp the text: {e.Message}"
            );
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
