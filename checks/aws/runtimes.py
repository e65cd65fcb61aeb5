"""Which Lambda runtimes does AWS look after no longer?"""

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html: deprecated by the summer of 2026.
ENDED = frozenset(
    {
        "dotnet5.0", "dotnet6", "dotnet7", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1",
        "go1.x", "java8", "nodejs", "nodejs4.3", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x",
        "nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs20.x", "provided", "python2.7", "python3.6",
        "python3.7", "python3.8", "python3.9", "ruby2.5", "ruby2.7", "ruby3.2",
    }
)  # fmt: skip
