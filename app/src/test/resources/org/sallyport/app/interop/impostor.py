"""Answers TLS calls with a certificate of its own, in the place of a paired device, and prints what it got to see.

impostor.py PORT
"""
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder, socket.create_server(("0.0.0.0", int(sys.argv[1]))) as listener:
    key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9",
                    "-subj", "/CN=peer", "-keyout", key, "-out", cert], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(["sallyport/1"])
    context.load_cert_chain(cert, key)
    context.verify_mode = ssl.CERT_NONE
    print(json.dumps({"event": "listening"}), flush=True)
    while True:
        link, _ = listener.accept()
        link.settimeout(10)
        said, failure = b"", ""
        try:
            with context.wrap_socket(link, server_side=True) as secure:
                said = secure.recv(65536)
        except (ssl.SSLError, OSError) as problem:
            failure = str(problem)
        print(json.dumps({"event": "call", "said": len(said), "failure": failure}), flush=True)
