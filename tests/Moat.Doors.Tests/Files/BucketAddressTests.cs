using Moat.Storage.Blobs;

namespace Moat.Tests;

/// <summary>How an operator writes the bucket of files.</summary>
public sealed class BucketAddressTests
{
    [Fact]
    public void A_bucket_of_amazon_is_encrypted_and_one_elsewhere_is_named_in_the_path()
    {
        var amazon = BucketOptions.Read("s3://files/acme?region=eu-central-1&lock-days=30", null);
        Assert.Equal(("files", "acme/", "eu-central-1"), (amazon.Url.Bucket, amazon.Url.Prefix, amazon.Url.Region));
        Assert.Equal((false, BucketEncryption.Aes256, 30), (amazon.PathStyle, amazon.Encryption, amazon.LockDays));
        Assert.Null(amazon.Key);
        var own = BucketOptions.Read("https://storage.example/files?kms-key=k1", "id:the secret");
        Assert.Equal((true, BucketEncryption.Kms, "k1"), (own.PathStyle, own.Encryption, own.KmsKey));
        Assert.Equal(("id", "the secret"), own.Key);
        Assert.DoesNotContain("secret", $"{own}", StringComparison.Ordinal);
        Assert.Equal(BucketEncryption.None, BucketOptions.Read("https://storage.example/files", null).Encryption);
    }

    [Theory]
    [InlineData("ftp://storage/files", null)]
    [InlineData("https://storage.example/", null)]
    [InlineData("s3://files?kms=k1", null)]
    [InlineData("s3://files?path-style=maybe", null)]
    [InlineData("s3://files?encryption=AES128", null)]
    [InlineData("s3://files?encryption=AES256&kms-key=k1", null)]
    [InlineData("s3://files?lock-days=0", null)]
    [InlineData("s3://files", "id")]
    [InlineData("s3://files", "id:")]
    public void What_is_none_is_refused(string text, string? key) =>
        Assert.Throws<FormatException>(() => BucketOptions.Read(text, key));
}
