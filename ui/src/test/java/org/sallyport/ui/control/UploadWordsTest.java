package org.sallyport.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;

class UploadWordsTest {
    @ParameterizedTest
    @CsvSource({"NORMAL, false, ''", "WHILE_DOWNLOADING, false, shared only while downloading", "TRUSTED_ONLY, false, for my devices only",
            "NEVER, false, not shared", "NORMAL, true, for my devices only", "NEVER, true, not shared"})
    void onlyWhatIsUnusualIsSaid(UploadPolicy policy, boolean trustedOnly, String words) {
        Sharing sharing = (trustedOnly ? Sharing.trustedDownload() : Sharing.DOWNLOAD).withUpload(policy);

        assertThat(UploadWords.standing(sharing)).isEqualTo(words);
    }
}
